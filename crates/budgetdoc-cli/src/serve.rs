//! Serves the page of `budgetdoc watch --serve`: the PDF next to the findings.
//!
//! Only requests from this machine that have the token are answered, not those of other users and sites.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::Value;
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::session::Session;

const PAGE: &str = include_str!("../assets/watch.html");
const SCRIPT: &str = include_str!("../assets/watch.js");
const PDFJS: &str = include_str!("../assets/pdfjs/pdf.min.mjs");
const PDFJS_WORKER: &str = include_str!("../assets/pdfjs/pdf.worker.min.mjs");

/// Content security policy of the page: nothing outside this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; \
     img-src 'self' blob: data:; font-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Time a page waits for news before it asks again.
const WAIT: Duration = Duration::from_secs(25);

/// Time limit of a request.
const PATIENCE: Duration = Duration::from_secs(2);

/// Time limit of a connection: the wait for news and the time to send the response.
const LIFETIME: Duration = Duration::from_secs(60);

/// Most connections at a time. Further ones wait; idle ones are closed after [`PATIENCE`].
const CONNECTIONS: usize = 256;

/// Maximum length of the head of a request, in bytes; the minimum of hyper.
const HEAD: usize = 8 * 1024;

/// A running server.
pub struct Server {
    shown: watch::Sender<Shown>,
    address: String,
}

/// State shared by all responses.
struct State {
    shown: watch::Receiver<Shown>,
    /// Prefix of all paths.
    token: String,
    /// Host and port in requests of the page; others come from other sites.
    hosts: [String; 2],
    /// The page in the language of the session.
    page: Bytes,
}

#[derive(Clone, Default)]
struct Shown {
    version: u64,
    /// Version of the PDF; 0 without one.
    pdf_version: u64,
    pdf: Bytes,
    report: Value,
}

impl Server {
    /// Starts a server on a free port.
    ///
    /// # Errors
    /// No port is free, or there is no randomness for the token.
    pub fn start(session: &Session) -> io::Result<Server> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let token: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let (sender, shown) = watch::channel(Shown::default());
        let address = format!("http://127.0.0.1:{port}/{token}/");
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let page = PAGE.replace("{lang}", session.pick("zh", "en"));
        let state = Arc::new(State { shown, token, hosts, page: page.into() });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || runtime.block_on(listen(listener, state)));
        Ok(Server { shown: sender, address })
    }

    /// Returns the address of the page.
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// Shows a report and a PDF. Without a PDF the last one stays.
    pub fn show(&self, report: Value, pdf: Option<Vec<u8>>) {
        self.shown.send_modify(|shown| {
            shown.version += 1;
            shown.report = report;
            if let Some(pdf) = pdf {
                shown.pdf_version = shown.version;
                shown.pdf = pdf.into();
            }
        });
    }
}

/// Answers every connection until the program ends.
///
/// # Errors
/// The listener cannot be used.
async fn listen(listener: TcpListener, state: Arc<State>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let seat = seats.clone().acquire_owned().await.map_err(io::Error::other)?;
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files: some will be closed.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let state = state.clone();
        tokio::spawn(async move {
            let _seat = seat;
            let answer = service_fn(|request| {
                let state = state.clone();
                async move { Ok::<_, Infallible>(state.answer(&request).await) }
            });
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(HEAD).keep_alive(false);
            // A closed page needs no response.
            let _ = timeout(LIFETIME, server.serve_connection(TokioIo::new(stream), answer)).await;
        });
    }
}

impl State {
    async fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let (uri, known) = (request.uri(), self.is_authorized(request));
        let name = uri.path().get(1 + self.token.len()..).filter(|_| known).unwrap_or_default();
        let (kind, body) = match name {
            "/" => ("text/html; charset=utf-8", self.page.clone()),
            "/watch.js" => ("text/javascript; charset=utf-8", Bytes::from_static(SCRIPT.as_bytes())),
            "/pdf.min.mjs" => ("text/javascript; charset=utf-8", Bytes::from_static(PDFJS.as_bytes())),
            "/pdf.worker.min.mjs" => ("text/javascript; charset=utf-8", Bytes::from_static(PDFJS_WORKER.as_bytes())),
            "/news" => ("application/json", self.news(uri.query().unwrap_or_default()).await.into()),
            // The version in the query keeps the browser from caching it.
            "/document.pdf" => ("application/pdf", self.shown.borrow().pdf.clone()),
            _ => ("", Bytes::new()),
        };
        let status = if kind.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
        let headers: [(HeaderName, &'static str); 6] = [
            (CONTENT_TYPE, kind),
            (CACHE_CONTROL, "no-store"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (REFERRER_POLICY, "no-referrer"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ];
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = status;
        let headers = headers.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value)));
        response.headers_mut().extend(headers);
        response
    }

    /// Returns whether a request is a GET with the token from this server's page or from none.
    fn is_authorized(&self, request: &Request<Incoming>) -> bool {
        let header = |name| request.headers().get(name).map(HeaderValue::as_bytes);
        let is_own = |host: &[u8]| self.hosts.iter().any(|own| own.as_bytes() == host);
        let origin = header(ORIGIN).is_none_or(|origin| origin.strip_prefix(b"http://").is_some_and(is_own));
        let token = request.uri().path().as_bytes().get(1..).unwrap_or_default();
        // Comparing all bytes keeps the time independent of how many are right.
        let wrong = self.token.bytes().zip(token).fold(0, |wrong, (own, other)| wrong | (own ^ other));
        request.method() == Method::GET
            && header(HOST).is_some_and(is_own)
            && origin
            && wrong == 0
            && token.len() > self.token.len()
    }

    /// Returns the page's content as soon as it is newer than the version in `query`, or after [`WAIT`].
    async fn news(&self, query: &str) -> String {
        let after: u64 = query.strip_prefix("after=").and_then(|number| number.parse().ok()).unwrap_or(0);
        let mut shown = self.shown.clone();
        let _ = timeout(WAIT, shown.wait_for(|shown| shown.version > after)).await.is_ok();
        let shown = shown.borrow();
        serde_json::json!({ "version": shown.version, "pdf": shown.pdf_version, "report": shown.report }).to_string()
    }
}
