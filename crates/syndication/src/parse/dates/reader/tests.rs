//! Written dates and the moments that they mean.

use super::*;

#[test]
fn dates_of_every_kind_are_read() {
    let table = [
        ("RFC 822", "Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
        (
            "a zone in figures",
            "Thu, 01 Jan 2004 19:48:21 -0500",
            "2004-01-02T00:48:21Z",
        ),
        (
            "a zone by name",
            "Thu, 01 Jan 2004 19:48:21 EST",
            "2004-01-02T00:48:21Z",
        ),
        ("no day of the week", "1 Jan 04 19:48 +0100", "2004-01-01T18:48:00Z"),
        (
            "a wrong day of the week in full",
            "Sonnabend, 1 January 2004 19:48:21 UTC",
            "2004-01-01T19:48:21Z",
        ),
        ("RFC 3339", "2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"),
        ("fractions", "2003-12-31T10:14:55.123456-08:00", "2003-12-31T18:14:55Z"),
        ("a space for T", "2003-12-31 10:14:55 +02:00", "2003-12-31T08:14:55Z"),
        (
            "a zone without its colon",
            "2003-12-31T10:14:55+0200",
            "2003-12-31T08:14:55Z",
        ),
        ("a date only", "2003-12-31", "2003-12-31T00:00:00Z"),
        ("a month only", "2003-12", "2003-12-01T00:00:00Z"),
        ("a year only", "2003", "2003-01-01T00:00:00Z"),
        ("packed", "20031231", "2003-12-31T00:00:00Z"),
        ("packed with time", "20031231T101455Z", "2003-12-31T10:14:55Z"),
        ("ASN.1 generalized time", "20031231101455Z", "2003-12-31T10:14:55Z"),
        ("ASN.1 UTC time", "031231101455Z", "2003-12-31T10:14:55Z"),
        ("a day of the year", "2003-335", "2003-12-01T00:00:00Z"),
        ("a day of the year, packed", "2003335", "2003-12-01T00:00:00Z"),
        ("a week", "2004-W02-3", "2004-01-07T00:00:00Z"),
        ("two digits", "03-12-31", "2003-12-31T00:00:00Z"),
        ("ctime", "Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"),
        (
            "ctime with a zone",
            "Sun Jan 04 16:29:06 PST 2004",
            "2004-01-05T00:29:06Z",
        ),
        ("month first", "January 4, 2004 4:29 PM", "2004-01-04T16:29:00Z"),
        ("slashes", "01/31/2004 16:29", "2004-01-31T16:29:00Z"),
        (
            "slashes, day first by its size",
            "31/01/2004 16:29",
            "2004-01-31T16:29:00Z",
        ),
        ("points", "04.01.2004, 16:29", "2004-01-04T16:29:00Z"),
        ("noon", "Jan 4 2004 12:00 p.m.", "2004-01-04T12:00:00Z"),
        ("midnight", "Jan 4 2004 12:05:00 AM", "2004-01-04T00:05:00Z"),
        (
            "the last second of a day",
            "2004-01-04T24:00:00Z",
            "2004-01-05T00:00:00Z",
        ),
        (
            "GMT with an offset",
            "Sun, 04 Jan 2004 16:29:06 GMT+2",
            "2004-01-04T14:29:06Z",
        ),
        ("Unix seconds", "1073233746", "2004-01-04T16:29:06Z"),
        ("Unix milliseconds", "1073233746000", "2004-01-04T16:29:06Z"),
        ("French", "dim., 4 févr. 2024 16:29:06 +0100", "2024-02-04T15:29:06Z"),
        (
            "a Tuesday that looks like March",
            "mar., 6 août 2024 10:00",
            "2024-08-06T10:00:00Z",
        ),
        ("French, long", "jeudi 15 août 2024 à 14h05", "2024-08-15T14:05:00Z"),
        ("German", "Di, 05 Mär 2024 16:29:06 MEZ", "2024-03-05T15:29:06Z"),
        ("Spanish", "lun, 1 de enero de 2024 10:00", "2024-01-01T10:00:00Z"),
        ("Italian", "10 Mag 2024 10:00:00 CEST", "2024-05-10T08:00:00Z"),
        ("Portuguese", "10 de fevereiro de 2024", "2024-02-10T00:00:00Z"),
        ("Russian", "Пн, 15 июля 2024 10:00:00 MSK", "2024-07-15T07:00:00Z"),
        ("Hungarian", "2004-március-05T13:15-05:00", "2004-03-05T18:15:00Z"),
        ("Greek", "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"),
        ("Korean", "2004년 5월 25일  오후 11:15:46", "2004-05-25T23:15:46Z"),
        ("Japanese", "2024年7月15日 10時30分", "2024-07-15T10:30:00Z"),
        ("Turkish", "15 Ağustos 2024 10:00", "2024-08-15T10:00:00Z"),
        ("Arabic", "١٥ يوليو ٢٠٢٤ 10:00", "2024-07-15T10:00:00Z"),
        (
            "Arabic of Algiers",
            "الاثنين 15 جويلية 2024 10:00",
            "2024-07-15T10:00:00Z",
        ),
        ("Arabic of Rabat", "15 غشت 2024", "2024-08-15T00:00:00Z"),
        (
            "Arabic of Beirut",
            "15 كانون الثاني 2024 10:00 م",
            "2024-01-15T22:00:00Z",
        ),
        ("Arabic of Damascus", "15 تشرين الأول 2024", "2024-10-15T00:00:00Z"),
        ("Hindi", "सोमवार, 15 जुलाई 2024 10:00 IST", "2024-07-15T04:30:00Z"),
        (
            "Hindi, its shortest months",
            "15 मई 2024; 12:30",
            "2024-05-15T12:30:00Z",
        ),
        ("Hindi figures", "१५ जून २०२४", "2024-06-15T00:00:00Z"),
        ("Hindi, January is not June", "5 जनवरी 2024", "2024-01-05T00:00:00Z"),
        (
            "Hindi, in the afternoon",
            "२३ सितम्बर २०२४, अपराह्न 3:05",
            "2024-09-23T15:05:00Z",
        ),
        ("Hebrew", "15 אוגוסט 2024", "2024-08-15T00:00:00Z"),
        ("Romanian", "15 ianuarie 2024", "2024-01-15T00:00:00Z"),
        ("Hausa", "15 Satumba 2024", "2024-09-15T00:00:00Z"),
        ("Swahili", "15 Machi 2024", "2024-03-15T00:00:00Z"),
        (
            "twelve hours and seconds",
            "9/17/2024 3:05:09 PM",
            "2024-09-17T15:05:09Z",
        ),
        ("an hour alone", "17 Sep 2024, 3 pm", "2024-09-17T15:00:00Z"),
        (
            "a zone in brackets",
            "Tue, 17 Sep 2024 10:00:00 +0200 (CEST)",
            "2024-09-17T08:00:00Z",
        ),
        ("ASN.1 without seconds", "202409171014", "2024-09-17T10:14:00Z"),
        (
            "a Tuesday before figures",
            "mar, 17/09/2024 - 10:00",
            "2024-09-17T10:00:00Z",
        ),
        (
            "a Tuesday in Spanish, points",
            "mar. 17.09.2024 10:00",
            "2024-09-17T10:00:00Z",
        ),
        (
            "a Tuesday before ISO 8601",
            "mar 2024-09-17 10:00",
            "2024-09-17T10:00:00Z",
        ),
        (
            "a Tuesday before packed figures",
            "mar 20240917",
            "2024-09-17T00:00:00Z",
        ),
        ("a Tuesday in March", "mar. 5 mars 2024 10:00", "2024-03-05T10:00:00Z"),
        (
            "a Wednesday in Ukrainian",
            "сер, 18.09.2024 10:00",
            "2024-09-18T10:00:00Z",
        ),
        (
            "a Wednesday in Ukrainian, a name behind",
            "сер, 18 вересня 2024 10:00",
            "2024-09-18T10:00:00Z",
        ),
        ("a Sunday in Turkish", "Paz, 15 Eyl 2024 10:00", "2024-09-15T10:00:00Z"),
        ("a Monday in Dutch", "maa 16-09-2024 10:00", "2024-09-16T10:00:00Z"),
        (
            "a name of a person behind",
            "Sep 17, 2024 10:00 by Mary",
            "2024-09-17T10:00:00Z",
        ),
        (
            "Israel, summer",
            "Tue, 17 Sep 2024 10:00:00 IDT",
            "2024-09-17T07:00:00Z",
        ),
        ("Nepal", "Tue, 17 Sep 2024 10:00:00 NPT", "2024-09-17T04:15:00Z"),
        ("Iran", "Tue, 17 Sep 2024 10:00:00 IRST", "2024-09-17T06:30:00Z"),
        ("Myanmar", "Tue, 17 Sep 2024 10:00:00 MMT", "2024-09-17T03:30:00Z"),
        ("Afghanistan", "2024-09-17 10:00 AFT", "2024-09-17T05:30:00Z"),
        (
            "the east of Indonesia",
            "17 September 2024 10:00 WIT",
            "2024-09-17T01:00:00Z",
        ),
        ("Colombia", "Tue, 17 Sep 2024 10:00:00 COT", "2024-09-17T15:00:00Z"),
        (
            "points with a zone behind",
            "17.09.2024 10:00 MESZ",
            "2024-09-17T08:00:00Z",
        ),
        (
            "points with an offset behind",
            "17.09.2024 - 10:00 +0300",
            "2024-09-17T07:00:00Z",
        ),
        (
            "slashes with an offset behind",
            "17/09/2024 10:00:00 GMT+3",
            "2024-09-17T07:00:00Z",
        ),
        (
            "slashes, twelve hours, a zone",
            "9/17/2024 10:00 AM EDT",
            "2024-09-17T14:00:00Z",
        ),
        ("hours with a point", "17.09.2024 10.30 Uhr", "2024-09-17T10:30:00Z"),
        (
            "hours with a point and a zone",
            "Selasa, 17 September 2024 10.30 WIB",
            "2024-09-17T03:30:00Z",
        ),
        (
            "a zone of the IANA database",
            "2024-09-17T10:00:00 Asia/Jakarta",
            "2024-09-17T03:00:00Z",
        ),
        (
            "with an underscore",
            "17 Sep 2024 10:00 America/New_York",
            "2024-09-17T14:00:00Z",
        ),
        (
            "of three parts",
            "2024-01-17 10:00 America/Argentina/Buenos_Aires",
            "2024-01-17T13:00:00Z",
        ),
        (
            "Java's form",
            "2024-09-17T10:00+02:00[Europe/Paris]",
            "2024-09-17T08:00:00Z",
        ),
        ("in winter", "2024-01-17T10:00 Europe/Paris", "2024-01-17T09:00:00Z"),
        (
            "an unknown zone name",
            "2024-09-17T10:00:00 Nowhere/Land",
            "2024-09-17T10:00:00Z",
        ),
        ("an hour of ISO 8601", "2024-09-17T10Z", "2024-09-17T10:00:00Z"),
        ("an hour with an offset", "2024-09-17T10+02:00", "2024-09-17T08:00:00Z"),
        ("Thai, Buddhist era", "17 กันยายน 2567 10:00", "2024-09-17T10:00:00Z"),
        ("Thai, short", "17 ก.ย. 2567 10:00 น.", "2024-09-17T10:00:00Z"),
        ("Thai, March is not January", "5 มี.ค. 2567", "2024-03-05T00:00:00Z"),
        ("Thai, January", "5 ม.ค. 2567", "2024-01-05T00:00:00Z"),
        ("Thai, in figures", "17/09/2567 10:00", "2024-09-17T10:00:00Z"),
        ("Thai figures", "๑๗ กันยายน ๒๕๖๗", "2024-09-17T00:00:00Z"),
        ("Thai, our era", "17 กันยายน 2024", "2024-09-17T00:00:00Z"),
        ("Persian", "۲۷ شهریور ۱۴۰۳ ۱۰:۰۰", "2024-09-17T10:00:00Z"),
        (
            "Persian with a day of the week",
            "سه‌شنبه ۱۵ مهر ۱۴۰۳",
            "2024-10-06T00:00:00Z",
        ),
        ("Persian in figures", "1403/06/27 10:00", "2024-09-17T10:00:00Z"),
        ("Persian, the tenth month", "۱ دی ۱۴۰۳", "2024-12-21T00:00:00Z"),
        ("Persian, our calendar", "17 سپتامبر 2024", "2024-09-17T00:00:00Z"),
        ("Persian, May of our calendar", "17 مه 2024", "2024-05-17T00:00:00Z"),
        ("Dari", "۲۷ سنبله ۱۴۰۳", "2024-09-17T00:00:00Z"),
        ("Urdu", "17 ستمبر 2024", "2024-09-17T00:00:00Z"),
        ("Urdu, May", "17 مئی 2024", "2024-05-17T00:00:00Z"),
        ("Urdu, June", "۱۷ جون ۲۰۲۴", "2024-06-17T00:00:00Z"),
        ("Urdu, July", "17 جولائی 2024", "2024-07-17T00:00:00Z"),
        ("Urdu, February", "5 فروری 2024", "2024-02-05T00:00:00Z"),
        ("Urdu, August", "5 اگست 2024", "2024-08-05T00:00:00Z"),
        ("Bengali", "১৭ সেপ্টেম্বর ২০২৪, ১০:০০", "2024-09-17T10:00:00Z"),
        ("Bengali, June", "১৭ জুন ২০২৪", "2024-06-17T00:00:00Z"),
        ("Vietnamese", "17 tháng 9 năm 2024 10:00", "2024-09-17T10:00:00Z"),
        (
            "Vietnamese, a day of the week",
            "Thứ 3, 17/09/2024 10:00",
            "2024-09-17T10:00:00Z",
        ),
        ("Amharic", "17 ሴፕቴምበር 2024", "2024-09-17T00:00:00Z"),
        ("Georgian", "17 სექტემბერი 2024", "2024-09-17T00:00:00Z"),
        ("Serbian", "17. јун 2024.", "2024-06-17T00:00:00Z"),
        ("Bulgarian", "17 юли 2024", "2024-07-17T00:00:00Z"),
        ("Croatian", "17. rujna 2024. 10:00", "2024-09-17T10:00:00Z"),
        ("Croatian, July", "17. srpnja 2024.", "2024-07-17T00:00:00Z"),
        ("Malay", "17 Ogos 2024", "2024-08-17T00:00:00Z"),
        ("Tagalog", "Setyembre 17, 2024", "2024-09-17T00:00:00Z"),
        ("Somali", "17 Luulyo 2024", "2024-07-17T00:00:00Z"),
        ("Swahili, July", "17 Julai 2024", "2024-07-17T00:00:00Z"),
        ("Azerbaijani", "17 avqust 2024", "2024-08-17T00:00:00Z"),
        ("Albanian", "17 shtator 2024", "2024-09-17T00:00:00Z"),
        ("a Japanese era", "令和6年9月17日 10時30分", "2024-09-17T10:30:00Z"),
        ("the years of Taiwan", "民國113年9月17日", "2024-09-17T00:00:00Z"),
    ];
    for (case, text, expected) in table {
        assert_eq!(
            read_date(text).map(|at| at.to_string()).as_deref(),
            Some(expected),
            "{case}: {text}"
        );
    }
}

/// What the feed says goes before the usual; a zone that is written goes before that of its country.
#[test]
fn order_and_zone_are_those_of_the_feed() {
    let reader = |day_first, zone: Option<&str>| DateReader {
        day_first,
        zone: zone.map(|zone| TimeZone::get(zone).unwrap()),
    };
    let table = [
        ("05/11/2026 10:00", Some(true), None, "2026-11-05T10:00:00Z"),
        ("05/11/2026 10:00", Some(false), None, "2026-05-11T10:00:00Z"),
        ("05/11/2026 10:00", None, None, "2026-05-11T10:00:00Z"),
        ("05/23/2026 10:00", Some(true), None, "2026-05-23T10:00:00Z"),
        ("5/11/26", Some(true), None, "2026-11-05T00:00:00Z"),
        ("05.11.2026", Some(false), None, "2026-11-05T00:00:00Z"),
        ("2026/11/05", Some(true), None, "2026-11-05T00:00:00Z"),
        (
            "2026-12-01 07:20:00",
            None,
            Some("Asia/Shanghai"),
            "2026-11-30T23:20:00Z",
        ),
        (
            "2026-12-01T07:20:00Z",
            None,
            Some("Asia/Shanghai"),
            "2026-12-01T07:20:00Z",
        ),
        (
            "1 Dec 2026 07:20 +0100",
            None,
            Some("Asia/Shanghai"),
            "2026-12-01T06:20:00Z",
        ),
        (
            "1 Dec 2026 07:20 Europe/Paris",
            None,
            Some("Asia/Shanghai"),
            "2026-12-01T06:20:00Z",
        ),
        ("1 Jul 2026 07:20", None, Some("Europe/Paris"), "2026-07-01T05:20:00Z"),
        ("29 Mar 2026 02:30", None, Some("Europe/Paris"), "2026-03-29T01:30:00Z"),
        ("1785110400", None, Some("Asia/Shanghai"), "2026-07-27T00:00:00Z"),
    ];
    for (text, day_first, zone, expected) in table {
        let read = reader(day_first, zone).read(text).map(|at| at.to_string());
        assert_eq!(read.as_deref(), Some(expected), "{text} {day_first:?} {zone:?}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "yesterday",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970",
        "99/99/9999",
        "12:30",
        "2024-13-01",
        "5 May",
    ] {
        let read = read_date(text);
        assert!(read.is_none() || text.contains("1970"), "{text}: {read:?}");
    }
}
