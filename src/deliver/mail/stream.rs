//! The connection below SMTP, with a bound on what the server may say in one step.
//!
//! lettre (0.11.23) checks the length of a line after it was read to its end, so a line without an end is held whole: three
//! gigabytes in three seconds. The bound is therefore below it, around the stream.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes of all answers in one step. RFC 5321 section 4.5.3.1.5 allows a line 512; the longest answer, to EHLO, has some
/// twenty lines.
pub(super) const ANSWER_BYTES: usize = 16 * 1024;

/// The same where TLS begins within the step: certificates come with it, 4 to 10 KB as they are issued today.
pub(super) const HANDSHAKE_BYTES: usize = 48 * 1024;

/// Bytes that the server may still say in this step. Refilled by us at each step, and by nothing that the server does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Allowance(Arc<AtomicUsize>);

impl Allowance {
    pub(crate) fn refill(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    fn left(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Only the task that reads calls this, so that nothing is lost between the two.
    fn spend(&self, bytes: usize) {
        self.0.store(self.left().saturating_sub(bytes), Ordering::Relaxed);
    }
}

/// A stream that fails where the allowance is used up and more is read.
#[derive(Debug)]
pub(crate) struct MailStream<S> {
    stream: S,
    peer: SocketAddr,
    allowance: Allowance,
}

impl<S> MailStream<S> {
    pub(crate) fn new(stream: S, peer: SocketAddr, allowance: Allowance) -> Self {
        Self {
            stream,
            peer,
            allowance,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for MailStream<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let left = self.allowance.left();
        if left == 0 {
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it says more than any answer holds; nothing further is read",
            )));
        }
        let room = left.min(into.remaining());
        let mut part = ReadBuf::new(into.initialize_unfilled_to(room));
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut part))?;
        let read = part.filled().len();
        into.advance(read);
        self.allowance.spend(read);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for MailStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite + std::fmt::Debug + Send + Sync + Unpin> AsyncTokioStream for MailStream<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

#[cfg(test)]
mod tests {
    use lettre::transport::smtp::client::AsyncSmtpConnection;
    use lettre::transport::smtp::commands::Noop;
    use lettre::transport::smtp::extension::ClientId;

    use super::*;

    /// A server that says one text at each command, and at the last repeats its end for ever.
    #[derive(Debug)]
    struct Server {
        says: Vec<&'static str>,
        endless: &'static str,
        /// Not yet said of the present text.
        rest: &'static [u8],
        said: Arc<AtomicUsize>,
    }

    impl Server {
        fn next(&mut self) {
            self.rest = match self.says.is_empty() {
                true => b"",
                false => self.says.remove(0).as_bytes(),
            };
        }
    }

    impl AsyncRead for Server {
        fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            if self.rest.is_empty() && self.says.is_empty() {
                self.rest = self.endless.as_bytes();
            }
            let (now, later) = self.rest.split_at(self.rest.len().min(into.remaining()));
            into.put_slice(now);
            self.rest = later;
            self.said.fetch_add(now.len(), Ordering::Relaxed);
            match now.is_empty() {
                true => Poll::Pending,
                false => Poll::Ready(Ok(())),
            }
        }
    }

    impl AsyncWrite for Server {
        fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            self.next();
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    const HELLO: &str = "250-mail.test\r\n250 8BITMIME\r\n";

    /// Greeting, EHLO and NOOP; gives the error and the bytes that the server was let say.
    async fn session(says: &[&'static str], endless: &'static str) -> (Option<String>, usize) {
        let (allowance, said) = (Allowance::default(), Arc::new(AtomicUsize::new(0)));
        let mut server = Server {
            says: says.to_vec(),
            endless,
            rest: b"",
            said: said.clone(),
        };
        server.next();
        let stream = MailStream::new(server, ([127, 0, 0, 1], 25).into(), allowance.clone());
        let doing = async {
            allowance.refill(ANSWER_BYTES);
            let hello = ClientId::default();
            let mut smtp = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?;
            for _ in 0..3 {
                allowance.refill(ANSWER_BYTES);
                smtp.command(Noop).await?;
            }
            Ok::<_, lettre::transport::smtp::Error>(())
        };
        let ended: Result<(), _> = doing.await;
        let why = ended
            .err()
            .map(|error| std::error::Error::source(&error).map_or(error.to_string(), ToString::to_string));
        (why, said.load(Ordering::Relaxed))
    }

    #[tokio::test]
    async fn an_answer_without_an_end_is_read_to_its_bound_in_every_step() {
        // (what is shown, what the server says in turn, what it repeats for ever, steps that it passes)
        let rows: [(&str, &[&str], &str, usize); 7] = [
            ("a greeting without a line end", &["220 "], "aaaaaaaaaaaaaaaa", 0),
            ("a greeting of one byte and another", &["2"], "2", 0),
            (
                "a greeting of lines without a last one",
                &["220-hello\r\n"],
                "220-hello\r\n",
                0,
            ),
            (
                "an answer to EHLO without a line end",
                &["220 hello\r\n", "250-"],
                "x",
                0,
            ),
            (
                "an answer to EHLO of endless lines",
                &["220 hello\r\n", "250-"],
                "a\r\n250-",
                0,
            ),
            (
                "an answer to a command without an end",
                &["220 hello\r\n", HELLO, "250 "],
                "y",
                1,
            ),
            (
                "the third answer",
                &["220 hello\r\n", HELLO, "250 ok\r\n", "250 ok\r\n", "250 "],
                "z",
                3,
            ),
        ];
        for (sentence, says, endless, steps) in rows {
            let (why, said) = session(says, endless).await;
            let why = why.unwrap_or_else(|| panic!("{sentence}: the session went on"));
            assert!(
                why.contains("says more than any answer holds") || why.contains("too long"),
                "{sentence}: {why}"
            );
            assert!(said <= (steps + 1) * ANSWER_BYTES, "{sentence}: {said} bytes were read");
        }
    }

    #[tokio::test]
    async fn a_server_that_says_much_in_all_and_little_at_a_time_is_heard() {
        let long: &str =
            "250-mail.test\r\n250-AUTH PLAIN LOGIN\r\n250-SIZE 52428800\r\n250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8\r\n";
        let (why, said) = session(&["220 hello\r\n", long, "250 ok\r\n", "250 ok\r\n", "250 ok\r\n"], "").await;
        assert_eq!((why, said > 100), (None, true));
    }
}
