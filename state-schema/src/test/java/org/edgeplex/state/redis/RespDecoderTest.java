package org.edgeplex.state.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.state.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies in whatever pieces they come, and octets that are none. `~` stands for CR LF.
class RespDecoderTest {
    private static final String SAMPLE =
            """
            +OK
            :-42
            $5
            hello
            $0

            _
            $-1
            *-1
            *0
            -ERR no
            *3
            $1
            a
            *2
            :1
            :2
            _
            %1
            +k
            :7
            ~1
            +s
            >2
            +p
            :1
            =7
            txt:abc
            !6
            ERR no
            |1
            +a
            +b
            :9
            #t
            ,1.5
            (99
            """
                    .replace("\n", "\r\n");

    @Test
    void everyTypeIsReadWhole() throws Exception {
        assertEquals(expected(), decode(SAMPLE.getBytes(StandardCharsets.UTF_8), 1 << 20));
    }

    @ParameterizedTest(name = "in pieces of {0}")
    @ValueSource(ints = {1, 2, 3, 7})
    void everyTypeIsReadInPieces(int piece) throws Exception {
        assertEquals(expected(), decode(SAMPLE.getBytes(StandardCharsets.UTF_8), piece));
    }

    @ParameterizedTest(name = "in pieces of {0}")
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void arraysOfStringsMayHoldNullsAndOtherThings(int piece) throws Exception {
        String strings = "$1~a~$-1~$0~~_~$10~0123456789~$2~bc~$3~def~$0001~g~";
        String mixed = "$1~a~:7~*8~" + strings + "$2~bc~$3~def~+g~$-1~$1~h~";
        List<Reply> expected =
                List.of(
                        text("a"),
                        Reply.NULL,
                        text(""),
                        Reply.NULL,
                        text("0123456789"),
                        text("bc"),
                        text("def"),
                        text("g"));
        String octets = "*8~" + strings + "*8~" + mixed + ":1~";
        assertEquals(
                List.of(
                        new Reply.Items(expected),
                        new Reply.Items(
                                List.of(
                                        text("a"),
                                        new Reply.I64(7),
                                        new Reply.Items(expected),
                                        text("bc"),
                                        text("def"),
                                        text("g"),
                                        Reply.NULL,
                                        text("h"))),
                        new Reply.I64(1)),
                decode(octets.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII), piece));
    }

    @Test
    void largeStringsAndBatchesCrossTheBuffersEnds() throws Exception {
        StringBuilder text = new StringBuilder();
        List<Reply> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            int length = random.nextInt(i % 50 == 0 ? 200_000 : 3_000);
            String value = Character.toString('a' + i % 26).repeat(length);
            text.append('$').append(length).append("\r\n").append(value).append("\r\n");
            expected.add(new Reply.Text(Bytes.utf8(value)));
        }
        byte[] octets = ("*300\r\n" + text + text).getBytes(StandardCharsets.US_ASCII);
        List<Reply> replies = new ArrayList<>();
        replies.add(new Reply.Items(expected));
        replies.addAll(expected);
        assertEquals(replies, decode(octets, 10_007));
        assertEquals(replies, decode(octets, 1 << 20));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "HTTP/1.1 400~, begins no reply",
        "$99999999~, string of 99999999",
        "$-2~, string of -2",
        "$12345678901234567890~, no number",
        "$x~, no number",
        "$~, no number",
        "$2~abc~, longer than it says",
        "*65537~, array of 65537",
        "*?~, no number",
        "*1~*1~*1~*1~*1~*1~*1~*1~*1~, deeper than",
        "=2~ab~, verbatim",
    })
    void whatIsNoReplyIsRefused(String octets, String why) {
        byte[] bytes = octets.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);
        RespException e = assertThrows(RespException.class, () -> decode(bytes, 1 << 20));
        assertEquals(true, String.valueOf(e.getMessage()).contains(why), e.getMessage());
    }

    @Test
    void aLineWithoutEndIsRefused() {
        byte[] line =
                "+".repeat(RespDecoder.LINE_BYTES_MAX + 1).getBytes(StandardCharsets.US_ASCII);
        assertThrows(RespException.class, () -> decode(line, 1_000));
    }

    @FuzzTest
    void anyOctetsAreRepliesOrRefused(FuzzedDataProvider data) {
        int piece = data.consumeInt(1, 4_096);
        check(data.consumeRemainingAsBytes(), piece);
    }

    /// The same without a fuzzer, in every build.
    @Test
    void randomOctetsAreRepliesOrRefused() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "$*+-:_%~>|=!#,(0123459\r\n\r\n\r\nab";
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(60)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            check(octets, 1 + random.nextInt(8));
        }
    }

    /// In pieces and at once: the same replies, or both refused.
    private static void check(byte[] octets, int piece) {
        assertEquals(attempt(octets, 1 << 20), attempt(octets, piece));
    }

    private static List<Reply> attempt(byte[] octets, int piece) {
        List<Reply> replies = new ArrayList<>();
        try {
            decode(octets, piece, replies);
        } catch (RespException e) {
            replies.add(new Reply.Failure("refused"));
        }
        return replies;
    }

    private static List<Reply> decode(byte[] octets, int piece) throws RespException {
        List<Reply> replies = new ArrayList<>();
        decode(octets, piece, replies);
        return replies;
    }

    private static void decode(byte[] octets, int piece, List<Reply> into) throws RespException {
        RespDecoder decoder = new RespDecoder();
        for (int at = 0; at < octets.length; ) {
            byte[] buffer = decoder.buffer();
            int room = buffer.length - decoder.end();
            int count = Math.min(Math.min(piece, room), octets.length - at);
            System.arraycopy(octets, at, buffer, decoder.end(), count);
            decoder.received(count);
            at += count;
            for (Reply reply; (reply = decoder.next()) != null; ) {
                into.add(itemized(reply));
            }
        }
    }

    /// Larger arrays of strings come in another form, and say the same.
    private static Reply itemized(Reply reply) {
        return switch (reply) {
            case Reply.Texts texts -> new Reply.Items(texts.items());
            case Reply.Items(List<Reply> items) ->
                    new Reply.Items(items.stream().map(RespDecoderTest::itemized).toList());
            default -> reply;
        };
    }

    private static Reply text(String text) {
        return new Reply.Text(Bytes.utf8(text));
    }

    private static List<Reply> expected() {
        return List.of(
                text("OK"),
                new Reply.I64(-42),
                text("hello"),
                text(""),
                Reply.NULL,
                Reply.NULL,
                Reply.NULL,
                new Reply.Items(List.of()),
                new Reply.Failure("ERR no"),
                new Reply.Items(
                        List.of(
                                text("a"),
                                new Reply.Items(List.of(new Reply.I64(1), new Reply.I64(2))),
                                Reply.NULL)),
                new Reply.Items(List.of(text("k"), new Reply.I64(7))),
                new Reply.Items(List.of(text("s"))),
                new Reply.Push(List.of(text("p"), new Reply.I64(1))),
                text("abc"),
                new Reply.Failure("ERR no"),
                new Reply.I64(9),
                text("t"),
                text("1.5"),
                text("99"));
    }
}
