//! Whatever a body holds, reading it takes little more memory than the body itself. Counted, in one test alone: what others
//! allocate meanwhile would be counted with it.

use peak_alloc::PeakAlloc;
use wirewatch_syndication::{Source, parse};

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

const BODY: usize = 2_000_000;

/// So many bytes of a document that repeats its middle.
fn repeated(begin: &str, middle: impl Fn(usize) -> String, end: &str) -> String {
    let mut document = begin.to_owned();
    for number in 0.. {
        if document.len() >= BODY {
            break;
        }
        document.push_str(&middle(number));
    }
    document.push_str(end);
    document
}

fn always(text: &str) -> impl Fn(usize) -> String {
    move |_| text.to_owned()
}

#[test]
fn a_body_made_to_fill_memory_takes_little_more_than_its_own_size() {
    let rss = "<rss version=\"2.0\"><channel><title>T</title>";
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title>";
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">";
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[";
    let json_item = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"A\",";
    // (what it is, the body, entries that are read, the most that it takes beside the body in MB)
    let shapes: Vec<(&str, String, usize, f64)> = vec![
        (
            "items with a guid",
            repeated(rss, |n| format!("<item><guid>{n}</guid></item>"), "</channel></rss>"),
            20_000,
            15.0,
        ),
        (
            "items with a title",
            repeated(rss, |n| format!("<item><title>{n}</title></item>"), "</channel></rss>"),
            20_000,
            15.0,
        ),
        (
            "items without end tags",
            repeated(rss, |n| format!("<item><guid>{n}"), ""),
            20_000,
            15.0,
        ),
        (
            "empty items",
            repeated(rss, always("<item/>"), "</channel></rss>"),
            1,
            8.0,
        ),
        (
            "Atom entries",
            repeated(atom, |n| format!("<entry><id>{n}</id></entry>"), "</feed>"),
            20_000,
            15.0,
        ),
        (
            "RDF items",
            repeated(rdf, |n| format!("<item rdf:about=\"{n}\"/>"), "</rdf:RDF>"),
            20_000,
            15.0,
        ),
        (
            "JSON items",
            repeated(json, |n| format!("{{\"id\":{n}}},"), "{\"id\":\"last\"}]}"),
            20_000,
            15.0,
        ),
        (
            "JSON items in an object",
            repeated(
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":{",
                |n| format!("\"{n}\":{{\"id\":{n}}},"),
                "\"z\":{\"id\":\"last\"}}}",
            ),
            20_000,
            15.0,
        ),
        (
            "one JSON item of many tags",
            repeated(&format!("{json_item}\"tags\":["), always("\"a\","), "\"b\"]}]}"),
            1,
            4.0,
        ),
        (
            "one JSON item of many numbers",
            repeated(&format!("{json_item}\"_x\":["), always("1,"), "1]}]}"),
            1,
            4.0,
        ),
        (
            "one JSON item of many fields",
            repeated(json_item, |n| format!("\"_{n}\":1,"), "\"z\":1}]}"),
            1,
            4.0,
        ),
        (
            "a JSON Feed of many fields",
            repeated("{\"items\":[{\"id\":\"1\"}],", |n| format!("\"_{n}\":[],"), "\"z\":1}"),
            1,
            4.0,
        ),
        (
            "a JSON Feed of many hubs",
            repeated(
                "{\"items\":[{\"id\":\"1\"}],\"hubs\":[",
                always("{\"url\":\"x\"},"),
                "{\"url\":\"y\"}]}",
            ),
            1,
            4.0,
        ),
        (
            "one entry of many tags",
            repeated(
                &format!("{rss}<item><guid>1</guid>"),
                always("<category>a</category>"),
                "</item></channel></rss>",
            ),
            1,
            4.0,
        ),
        (
            "one entry of many authors",
            repeated(
                &format!("{rss}<item><guid>1</guid>"),
                always("<author>a</author>"),
                "</item></channel></rss>",
            ),
            1,
            4.0,
        ),
        (
            "one title",
            repeated(
                &format!("{rss}<item><title>"),
                always("a "),
                "</title></item></channel></rss>",
            ),
            1,
            15.0,
        ),
        (
            "one text of words",
            repeated(
                &format!("{rss}<item><guid>1</guid><description>"),
                always("a "),
                "</description></item></channel></rss>",
            ),
            1,
            15.0,
        ),
        (
            "one text of escaped markup",
            repeated(
                &format!("{rss}<item><guid>1</guid><description>"),
                always("&lt;p&gt;a"),
                "</description></item></channel></rss>",
            ),
            1,
            15.0,
        ),
        (
            "a hundred texts",
            repeated(
                rss,
                |n| {
                    format!(
                        "<item><guid>{n}</guid><description>{}</description></item>",
                        "word ".repeat(4_000)
                    )
                },
                "</channel></rss>",
            ),
            100,
            15.0,
        ),
        (
            "attributes",
            repeated(
                "<rss version=\"2.0\"",
                |n| format!(" a{n}=\"\""),
                "><channel><item><guid>1</guid></item></channel></rss>",
            ),
            1,
            4.0,
        ),
        (
            "namespaces of every item",
            repeated(
                rss,
                |n| format!("<item xmlns:a{n}=\"b\" xmlns:c{n}=\"d\"><guid>{n}</guid></item>"),
                "</channel></rss>",
            ),
            20_000,
            15.0,
        ),
        ("nested elements", repeated(rss, always("<a>"), ""), 0, 4.0),
        (
            "nested items",
            repeated(rss, |n| format!("<item><guid>{n}</guid><a>"), ""),
            20_000,
            15.0,
        ),
        (
            "entities",
            repeated(
                "<!DOCTYPE rss [",
                |n| format!("<!ENTITY e{n} \"x\">"),
                "]><rss><channel/></rss>",
            ),
            0,
            8.0,
        ),
        (
            "hubs",
            repeated(
                rss,
                always("<link rel=\"hub\" href=\"x\"/>"),
                "<item><guid>1</guid></item></channel></rss>",
            ),
            1,
            8.0,
        ),
        (
            "positions",
            repeated(
                rss,
                |n| {
                    format!(
                        "<item><guid>{n}</guid><georss:point>{}.{} 1</georss:point></item>",
                        n % 90,
                        n % 997
                    )
                },
                "</channel></rss>",
            ),
            20_000,
            24.0,
        ),
        (
            "areas of one entry",
            repeated(
                &format!("{rss}<item><guid>1</guid>"),
                |n| format!("<cap:areaDesc>a{n}</cap:areaDesc>"),
                "</item></channel></rss>",
            ),
            1,
            8.0,
        ),
        (
            "entries of many areas, countries and codes",
            repeated(
                rss,
                |n| {
                    format!(
                        "<item><guid>{n}</guid><cap:areaDesc>{}</cap:areaDesc><gdacs:country>{}</gdacs:country></item>",
                        "a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t;u;v;w;x;y;z",
                        "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z"
                    )
                },
                "</channel></rss>",
            ),
            10_421,
            30.0,
        ),
        (
            "a list of feeds",
            repeated(
                "<opml><body>",
                |n| format!("<outline xmlUrl=\"http://a/{n}\"/>"),
                "</body></opml>",
            ),
            0,
            4.0,
        ),
        (
            "a list of pages",
            repeated(
                "<urlset>",
                |n| format!("<url><loc>http://a/{n}</loc></url>"),
                "</urlset>",
            ),
            0,
            4.0,
        ),
        (
            "a page of links to feeds",
            repeated(
                "<!DOCTYPE html><html><head>",
                |n| format!("<link rel=alternate type=application/rss+xml href=/{n}>"),
                "</head></html>",
            ),
            0,
            15.0,
        ),
    ];
    let mut wrong = Vec::new();
    for (shape, body, entries, most) in &shapes {
        let before = COUNTED.current_usage();
        COUNTED.reset_peak_usage();
        let read = parse(Source {
            bytes: body.as_bytes(),
            content_type: None,
            url: None,
            language: None,
            zone: None,
        });
        let took = COUNTED.peak_usage().saturating_sub(before) as f64 / 1e6;
        let came = read.map_or(0, |feed| feed.entries.len());
        println!("{shape:<32} {came:>6} entries {took:>6.1} MB");
        if came != *entries || took > *most {
            wrong.push(format!(
                "{shape}: {came} entries, {took:.1} MB; not {entries} within {most} MB"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
