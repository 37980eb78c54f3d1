//! Names, terms and explanations of subjects.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use crate::source::Located;
use crate::subject::SubjectCode;
use crate::yaml::{Content, Decode, Problems, Value, record};

record! {
    new
    /// Explanation of a functional subject.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Explanation {
        /// A class, division or item with figures.
        pub subject: Located<SubjectCode>,
        /// What it is for (主要用于…).
        pub purpose: Located<String> = default,
        /// Why it changed (主要原因是…).
        pub reason: Located<String> = default,
    }
}

record! {
    new
    /// A term and its meaning.
    #[derive(Clone, Debug, PartialEq)]
    pub struct GlossaryTerm {
        /// The term.
        pub term: Located<String>,
        /// What it means.
        pub meaning: Located<String>,
    }
}

/// The glossary of a spec.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Glossary {
    /// A list of terms, which replaces that of the profile; an empty one does not.
    Replaced(Vec<GlossaryTerm>),
    /// Terms behind those of the profile.
    Extended(AddedTerms),
}

record! {
    new
    /// Terms that a spec adds to the profile's glossary.
    #[derive(Clone, Debug, PartialEq)]
    pub struct AddedTerms {
        /// The terms, which follow those of the profile.
        pub add: Vec<GlossaryTerm>,
    }
}

impl Glossary {
    /// Returns the terms that the spec gives.
    pub fn terms(&self) -> &[GlossaryTerm] {
        match self {
            Glossary::Replaced(terms) => terms,
            Glossary::Extended(added) => &added.add,
        }
    }
}

impl Default for Glossary {
    fn default() -> Self {
        Glossary::Replaced(Vec::new())
    }
}

impl Decode for Glossary {
    fn decode(value: Value<'_>, problems: &mut Problems) -> Option<Self> {
        match value.node.content {
            Content::Map { .. } => Decode::decode(value, problems).map(Glossary::Extended),
            _ => Decode::decode(value, problems).map(Glossary::Replaced),
        }
    }
}

impl JsonSchema for Glossary {
    fn schema_name() -> Cow<'static, str> {
        "Glossary".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let replaced = generator.subschema_for::<Vec<GlossaryTerm>>();
        json_schema!({ "anyOf": [replaced, generator.subschema_for::<AddedTerms>()] })
    }

    fn inline_schema() -> bool {
        true
    }
}

record! {
    new
    /// A functional or economic subject named by the spec.
    #[derive(Clone, Debug, PartialEq)]
    pub struct NamedSubject {
        /// The code.
        pub code: Located<SubjectCode>,
        /// Its name.
        pub name: Located<String>,
    }
}
