//! Templates that would take all of the stack, the memory or the day.

use crate::support::{SMALL, replace, resolve};

/// The small spec with `template` as one of its texts.
fn spec(template: &str) -> String {
    replace(SMALL, "organisation: 内设一科。", &format!("organisation: '{}'", template.replace('\'', "''")))
}

/// The codes of what is wrong with it.
fn codes(template: &str) -> Vec<&'static str> {
    let composed = resolve(&spec(template)).and_then(|budget| budget.compose().map(drop));
    composed.err().into_iter().flat_map(|error| error.problems).map(|problem| problem.code.name()).collect()
}

#[test]
fn work_without_an_end_is_stopped() {
    for template in [
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 10**9 }}",
        "{{ 'a' | indent(10**11, true) }}",
        "{{ '%099999999999d' | format(1) }}",
        "{% set n = namespace(a='x') %}{% for i in range(40) %}{% set n.a = n.a ~ n.a %}{% endfor %}{{ n.a }}",
    ] {
        assert_eq!(codes(template), ["template-too-costly"], "{template}");
    }
}

#[test]
fn chains_that_overflow_the_stack_are_refused_and_shorter_ones_are_not() {
    let elif = |count: usize| format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(count));
    let chains: [fn(usize) -> String; 7] = [
        |length| format!("{{{{ {}1 }}}}", "-".repeat(length)),
        |length| format!("{{{{ {}1 }}}}", "not ".repeat(length / 4)),
        |length| format!("{{{{ 1{} }}}}", "+1".repeat(length / 2)),
        |length| format!("{{{{ 1{} }}}}", "**1".repeat(length / 3)),
        |length| format!("{{{{ year{} }}}}", ".a".repeat(length / 2)),
        |length| format!("{{{{ year{} }}}}", "|e".repeat(length / 2)),
        |length| format!("{{{{ 1{} }}}}", " if 0 else 1".repeat(length / 12)),
    ];
    for chain in chains {
        assert_eq!(codes(&chain(15_000)), ["template-too-long"]);
        // As long as they may be, they are stopped or work out: the stack holds.
        assert!(!codes(&chain(990)).contains(&"template-too-long"));
    }
    assert_eq!(codes(&elif(1_500)), ["template-too-long"]);
    assert_eq!(codes(&elif(290)), [""; 0]);
}
