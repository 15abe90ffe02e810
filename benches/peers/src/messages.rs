//! A message of 200 bytes with three replacers, compiled beforehand.

use std::hint::black_box;

use callback_profile::{Profile, Record};
use serde::Serialize;

use crate::contest::{Contest, Race};

#[derive(Serialize)]
struct Context {
    first_name: &'static str,
    order: &'static str,
    address: &'static str,
}

const TEXT: &str = "Dear @first_name#, thank you for your order @order#, which we have received and will now prepare for \
    you with great care. It will reach you at @address# within the next three working days. Kind regards, your shop";

pub fn messages(contest: &mut Contest) {
    let with = |open: &str, close: &str| TEXT.replace('@', open).replace('#', close);
    let context = Context { first_name: "John", order: "4711-0815", address: "1 Example Street" };
    let record = serde_json::to_string(&context).unwrap();
    let payload = serde_json::json!({"title": "bot", "http_method": "GET", "url": "https://example.com/",
        "response_message": with("<", ">")});
    let profile = Profile::parse(payload.to_string()).unwrap();
    let record = Record::parse(&record).unwrap();
    let expected = profile.message(&record).unwrap().text;

    let tiny_text = with("{", "}");
    let mut tiny = tinytemplate::TinyTemplate::new();
    tiny.add_template("t", &tiny_text).unwrap();
    assert_eq!(tiny.render("t", &context).unwrap(), expected);
    let mut handlebars = handlebars::Handlebars::new();
    handlebars.register_template_string("t", with("{{", "}}")).unwrap();
    assert_eq!(handlebars.render("t", &context).unwrap(), expected);
    let mini_text = with("{{ ", " }}");
    let mut mini = minijinja::Environment::new();
    mini.add_template("t", &mini_text).unwrap();
    let mini = mini.get_template("t").unwrap();
    assert_eq!(mini.render(&context).unwrap(), expected);

    let work = format!("message of {} bytes, 3 replacers, compiled", expected.len());
    let mut race = |peer: &str, budget: f64, theirs: &mut dyn FnMut()| {
        let mut ours = || drop(black_box(profile.message(black_box(&record)).unwrap()));
        contest.race(Race { work: &work, budget, peer, ours: &mut ours, theirs });
    };
    race("tinytemplate", 4.0, &mut || drop(black_box(tiny.render("t", black_box(&context)).unwrap())));
    race("handlebars", 12.0, &mut || drop(black_box(handlebars.render("t", black_box(&context)).unwrap())));
    race("minijinja", 0.0, &mut || drop(black_box(mini.render(black_box(&context)).unwrap())));
}
