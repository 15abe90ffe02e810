//! Ours against the peers, in one process, interleaved: medians, ratios, budgets. `make bench-peers`.
//!
//! Every contestant's result is compared with ours before it is timed. An argument runs only the rows whose work
//! contains it.

mod aws_lc;
mod callbacks;
mod ciphers;
mod contest;
mod hand_written;
mod messages;
mod sample;
mod scale;
mod validation;

use contest::Contest;

fn main() {
    let mut contest = Contest::new(std::env::args().nth(1).unwrap_or_default());
    contest.heading();
    ciphers::one_value(&mut contest);
    ciphers::batches(&mut contest);
    validation::payloads(&mut contest);
    messages::messages(&mut contest);
    callbacks::callbacks(&mut contest);
    contest.verdict();
<<<<<<< HEAD
}

fn value(length: usize, number: usize) -> String {
    let text = format!("{number:04}-The quick brown fox jumps over the lazy dog. ");
    text.chars().cycle().take(length).collect()
}

fn cipher(algorithm: Algorithm) -> Cipher {
    Cipher::new(algorithm, &KEY[..algorithm.key_len()], IV).unwrap()
}

/// One value or one batch, encrypted and written as base64: what goes on the wire.
fn ciphers(contest: &mut Contest) {
    let base64 = base64::engine::general_purpose::STANDARD;
    for (algorithm, budget) in [(Algorithm::Aes128Gcm, 4.5), (Algorithm::Aes256Gcm, 4.5)] {
        let ours = cipher(algorithm);
        let plaintext = value(64, 1);
        let mut evp = Evp::new(algorithm, &KEY[..algorithm.key_len()], IV);
        let mut sealed = [0u8; 80];
        let mut text = [0u8; 128];
        let expected = ours.encrypt(&plaintext).unwrap();
        assert_eq!(evp.encrypt_base64(plaintext.as_bytes()), expected);
        contest.race(
            &format!("{} one value of 64, prepared, base64", algorithm.name()),
            budget,
            "OpenSSL EVP, reused",
            &mut [
                &mut || {
                    let _ = black_box(ours.encrypt_into(black_box(&plaintext), &mut text));
                },
                &mut || {
                    evp.encrypt_into(black_box(plaintext.as_bytes()), &mut sealed);
                    drop(black_box(base64.encode_slice(sealed, &mut [0u8; 128])))
                },
            ],
        );
    }
    let ours = cipher(Algorithm::Aes128Gcm);
    let theirs = AesGcm::<aes::Aes128, U16>::new_from_slice(&KEY.as_bytes()[..16]).unwrap();
    let plaintext = value(64, 1);
    let mut text = [0u8; 128];
    contest.race(
        "AES-128-GCM one value of 64, prepared, base64",
        0.0,
        "aes-gcm + base64",
        &mut [
            &mut || {
                let _ = black_box(ours.encrypt_into(black_box(&plaintext), &mut text));
            },
            &mut || {
                let mut buffer = [0u8; 80];
                buffer[..64].copy_from_slice(black_box(plaintext.as_bytes()));
                let iv: [u8; 16] = IV.as_bytes().try_into().unwrap();
                let tag = theirs.encrypt_inout_detached(&iv.into(), b"", (&mut buffer[..64]).into()).unwrap();
                buffer[64..].copy_from_slice(&tag);
                drop(black_box(base64.encode_slice(buffer, &mut [0u8; 128])));
            },
        ],
    );

    let ours = cipher(Algorithm::Aes128Cfb);
    let mut evp = Evp::new(Algorithm::Aes128Cfb, &KEY[..16], IV);
    let values: Vec<String> = (0..24).map(|n| value(64, n)).collect();
    let mut texts = Vec::new();
    ours.encrypt_all(&values, &mut texts).unwrap();
    assert!(values.iter().zip(&texts).all(|(value, text)| evp.encrypt_base64(value.as_bytes()) == *text));
    contest.race(
        "AES-128-CFB 24 values of 64 as a batch, base64",
        9.0,
        "OpenSSL EVP, one at a time",
        &mut [&mut || ours.encrypt_all(black_box(&values), &mut texts).unwrap(), &mut || {
            for value in black_box(&values) {
                let mut sealed = [0u8; 64];
                evp.encrypt_into(value.as_bytes(), &mut sealed);
                drop(black_box(base64.encode_slice(sealed, &mut [0u8; 128])));
            }
        }],
    );
    contest.race(
        "AES-128-CFB 24 values of 64 as a batch, base64",
        0.0,
        "cfb-mode + base64",
        &mut [&mut || ours.encrypt_all(black_box(&values), &mut texts).unwrap(), &mut || {
            use cfb_mode::cipher::KeyIvInit;
            for value in black_box(&values) {
                let mut buffer: [u8; 64] = value.as_bytes().try_into().unwrap();
                cfb_mode::Encryptor::<aes::Aes128>::new_from_slices(&KEY.as_bytes()[..16], IV.as_bytes())
                    .unwrap()
                    .encrypt(&mut buffer);
                drop(black_box(base64.encode_slice(buffer, &mut [0u8; 128])));
            }
        }],
    );
}

fn validation(contest: &mut Contest) {
    let payload = r#"{
  "title": "Callback_Profile_Test_1", "http_method": "PUT", "url": "https://callbacks.example.com/v1/whatsapp?id=<id>",
  "enc": {"algo": "AES-128-GCM", "key": "12xxxxxxxxxxxx34", "IV": "12xxxxxxxxxxxx38"},
  "headers": {"x-api-key": "A-RANDOM-API-KEY", "x-tenant": "<tenant>"},
  "body": {"name": "John Doe", "from": "<from>", "body": "<body>", "mime_type": "<mime_type>", "media_url": "<media_url>",
    "created_at": "<created_at>", "reply_to": "<reply_to>", "wanumber": "<wanumber>", "contacts": "<contacts>"},
  "response_message": "Thank you, {\"name\": \"first_name\"}, we have received it.", "events": "SMS-sent"
}"#;
    assert!((600..700).contains(&payload.len()), "{}", payload.len());
    let mut schema: serde_json::Value = serde_json::from_str(&callback_profile::schema()).unwrap();
    schema.as_object_mut().unwrap().remove("$id");
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(Profile::parse(payload).is_ok());
    assert!(validator.is_valid(&serde_json::from_str(payload).unwrap()));
    contest.race(
        "payload of 640 bytes, parsed, validated and compiled",
        2.0,
        "serde_json + jsonschema",
        &mut [&mut || drop(black_box(Profile::parse(black_box(payload)))), &mut || {
            let value: serde_json::Value = serde_json::from_str(black_box(payload)).unwrap();
            assert!(validator.is_valid(black_box(&value)));
        }],
    );
}

#[derive(Serialize)]
struct Context {
    first_name: &'static str,
    order: &'static str,
    address: &'static str,
}

fn messages(contest: &mut Contest) {
    const TEXT: &str = "Dear @first_name#, thank you for your order @order#, which we have received and will now prepare for you with \
        great care. It will reach you at @address# within the next three working days. Kind regards, your team of the shop";
    let with = |open: &str, close: &str| TEXT.replace('@', open).replace('#', close);
    let context = Context { first_name: "John", order: "4711-0815", address: "1 Example Street" };
    let record = serde_json::to_string(&context).unwrap();
    let payload = serde_json::json!({"title": "bot", "http_method": "GET", "url": "https://example.com/", "response_message": with("<", ">")});
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

    let name = format!("message of {} bytes, 3 replacers, compiled", expected.len());
    let mut ours = || drop(black_box(profile.message(black_box(&record))));
    contest.race(
        &name,
        4.0,
        "tinytemplate",
        &mut [&mut ours, &mut || drop(black_box(tiny.render("t", black_box(&context))))],
    );
    contest.race(
        &name,
        12.0,
        "handlebars",
        &mut [&mut ours, &mut || drop(black_box(handlebars.render("t", black_box(&context))))],
    );
    contest.race(
        &name,
        0.0,
        "minijinja",
        &mut [&mut ours, &mut || drop(black_box(mini.render(black_box(&context))))],
    );
}

/// Record bytes in, request body bytes out.
fn callbacks(contest: &mut Contest) {
    for algorithm in Algorithm::ALL {
        for count in [1, 5, 24, 100] {
            for length in [16, 64, 200] {
                let main_row = count == 24 && length == 64;
                if !main_row && !matches!(algorithm, Algorithm::Aes128Gcm | Algorithm::Aes128Cfb) {
                    continue;
                }
                callback(contest, algorithm, count, length, if main_row { 4.0 } else { 0.0 });
            }
        }
    }
}

fn callback(contest: &mut Contest, algorithm: Algorithm, count: usize, length: usize, budget: f64) {
    let key = &KEY[..algorithm.key_len()];
    let members = |text: &dyn Fn(usize) -> String| {
        serde_json::Value::Object((0..count).map(|n| (format!("member_{n}"), text(n).into())).collect())
    };
    let body = members(&|n| format!("<member_{n}>"));
    let record = members(&|n| value(length, n)).to_string();
    let payload = serde_json::json!({"title": "bench", "http_method": "POST", "url": "https://example.com/in", "body": body,
        "enc": {"algo": algorithm.name(), "key": key, "IV": IV}});
    let profile = Profile::parse(payload.to_string()).unwrap();
    let mut peer = HandWritten::new(algorithm, key, IV, &body);
    let mut buffer = CallbackBuffer::default();
    let options = CallbackOptions::default();
    profile.callback_into(record.as_bytes(), &options, &mut buffer).unwrap();
    let theirs: serde_json::Value = serde_json::from_slice(&peer.callback(record.as_bytes())).unwrap();
    let ours: serde_json::Value = serde_json::from_str(buffer.body().unwrap()).unwrap();
    assert_eq!(ours, theirs);
    let owned = profile.callback(&Record::parse(&record).unwrap()).unwrap();
    assert_eq!(owned.body.as_deref(), buffer.body());
    let name = format!("callback {} {count} x {length}", algorithm.name());
    contest.race(
        &name,
        budget,
        "serde_json + OpenSSL EVP + base64",
        &mut [
            &mut || profile.callback_into(black_box(record.as_bytes()), &options, &mut buffer).unwrap(),
            &mut || drop(black_box(peer.callback(black_box(record.as_bytes())))),
        ],
    );
    if budget > 0.0 {
        contest.race(
            &format!("{name}, owned result"),
            budget,
            "serde_json + OpenSSL EVP + base64",
            &mut [
                &mut || drop(black_box(profile.callback(&Record::parse(black_box(&record)).unwrap()))),
                &mut || drop(black_box(peer.callback(black_box(record.as_bytes())))),
            ],
        );
    }
=======
    scale::threads(&contest);
    scale::growth(&contest);
>>>>>>> wt-perf
}
