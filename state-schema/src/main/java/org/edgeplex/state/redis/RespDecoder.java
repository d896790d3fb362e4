package org.edgeplex.state.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StateStore;
import org.jspecify.annotations.Nullable;

/// Takes replies out of the octets that arrive, in whatever pieces they do.
///
/// Octets are received into [#buffer] from [#end]; [#received] says how many. Large strings and
/// those of a batch are parts of the buffer, which is then never written again in that place; other
/// strings are copies, so that a small value does not keep a buffer.
///
/// Everything is bounded: a line, a string, the items and depth of an array, a reply as a whole.
/// Streamed strings and arrays are refused, for no server sends them unless it is asked to.
///
/// - RESP3: github.com/redis/redis-specifications, protocol/RESP3.md
final class RespDecoder {
    static final int BUFFER_BYTES = 1 << 16;
    static final int STRING_BYTES_MAX = StateStore.VALUE_BYTES_MAX + (1 << 16);
    static final int LINE_BYTES_MAX = 1 << 14;
    static final int ITEMS_MAX = 1 << 16;
    static final int DEPTH_MAX = 8;
    static final long REPLY_BYTES_MAX = 256L << 20;

    private static final int SPACE_BYTES_MIN = 1 << 11;
    private static final int LENT_BYTES_MIN = 1 << 10;
    private static final int LENT_ITEMS_MIN = 16;
    private static final int TEXTS_MIN = 8;
    private static final int LENGTH_DIGITS_MAX = 7;
    private static final int ITEMS_AT_FIRST = 1 << 10;
    private static final int VERBATIM_HEAD_BYTES = 4;

    /// An array that is not complete.
    private static final class Frame {
        final byte type;
        final int count;

        /// What came, unless there are texts.
        List<Reply> items = List.of();

        /// What came while it is nothing but strings and nulls.
        Reply.@Nullable Texts texts;

        Frame(byte type, int count) {
            this.type = type;
            this.count = count;
            if (type == '*' && count >= TEXTS_MIN && count <= ITEMS_AT_FIRST) {
                texts = new Reply.Texts(count);
            } else {
                items = new ArrayList<>(Math.min(count, ITEMS_AT_FIRST));
            }
        }

        void add(Reply item) {
            if (texts != null) {
                if (item instanceof Reply.Null) {
                    texts.addNull();
                    return;
                }
                items = texts.items();
                texts = null;
            }
            items.add(item);
        }

        boolean isComplete() {
            return (texts == null ? items.size() : texts.count()) == count;
        }

        Reply complete() {
            if (texts != null) {
                return texts;
            }
            return type == '>' ? new Reply.Push(items) : new Reply.Items(items);
        }
    }

    private final Deque<Frame> frames = new ArrayDeque<>();
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private boolean lent;

    /// Where the element that is being read must end, from `start`, as far as that is known.
    private int needed;

    private long replyBytes;

    /// What to receive into, with room behind [#end].
    byte[] buffer() {
        int pending = end - start;
        if (pending == 0 && !lent) {
            start = 0;
            end = 0;
        }
        int wanted = Math.max(pending + SPACE_BYTES_MIN, needed);
        if (buffer.length - start < wanted) {
            byte[] from = buffer;
            if (lent || buffer.length < wanted || buffer.length > BUFFER_BYTES) {
                buffer = new byte[Math.max(BUFFER_BYTES, wanted)];
                lent = false;
            }
            System.arraycopy(from, start, buffer, 0, pending);
            start = 0;
            end = pending;
        }
        return buffer;
    }

    /// Where to receive, after [#buffer].
    int end() {
        return end;
    }

    void received(int count) {
        end += count;
    }

    /// The next reply, or null when more must be received first.
    @Nullable Reply next() throws RespException {
        while (true) {
            int from = start;
            takeTexts();
            Reply element = isTopComplete() ? frames.remove().complete() : element();
            replyBytes += start - from;
            if (replyBytes > REPLY_BYTES_MAX) {
                throw new RespException("a reply of more than " + REPLY_BYTES_MAX + " octets");
            }
            if (element == null) {
                if (start == from) {
                    return null;
                }
                // An array began, or texts came.
                continue;
            }
            Reply complete = fold(element);
            if (complete != null) {
                replyBytes = 0;
                return complete;
            }
        }
    }

    private boolean isTopComplete() {
        Frame top = frames.peek();
        return top != null && top.isComplete();
    }

    /// Takes what strings of the innermost array are there in their plain form; whatever else comes
    /// is an element as any other.
    private void takeTexts() {
        Frame top = frames.peek();
        Reply.Texts texts = top == null ? null : top.texts;
        if (texts == null) {
            return;
        }
        while (texts.count() < top.count) {
            int at = start;
            if (at == end || buffer[at] != '$') {
                return;
            }
            int digitsEnd = Math.min(end, at + 1 + LENGTH_DIGITS_MAX);
            int length = 0;
            for (at++; at < digitsEnd && isDigit(buffer[at]); at++) {
                length = length * 10 + buffer[at] - '0';
            }
            int begin = at + 2;
            int stringEnd = begin + length;
            boolean isPlain =
                    at > start + 1
                            && length <= STRING_BYTES_MAX
                            && stringEnd + 2 <= end
                            && isLineEnd(at)
                            && isLineEnd(stringEnd);
            if (!isPlain) {
                return;
            }
            addText(top, texts, begin, length);
            start = stringEnd + 2;
            needed = 0;
        }
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private boolean isLineEnd(int at) {
        return buffer[at] == '\r' && buffer[at + 1] == '\n';
    }

    private void addText(Frame frame, Reply.Texts texts, int from, int length) {
        if (isLent(frame, length)) {
            lent = true;
            texts.add(buffer, from, length);
        } else {
            texts.add(Arrays.copyOfRange(buffer, from, from + length), 0, length);
        }
    }

    private static boolean isLent(@Nullable Frame of, int length) {
        return length >= LENT_BYTES_MIN || of != null && of.count >= LENT_ITEMS_MIN;
    }

    /// Adds the element to the array that it belongs to: what is complete then, or null. What an
    /// attribute says of the reply behind it is left out.
    private @Nullable Reply fold(Reply element) {
        Reply folded = element;
        while (!frames.isEmpty()) {
            Frame frame = frames.element();
            frame.add(folded);
            if (!frame.isComplete()) {
                return null;
            }
            frames.remove();
            if (frame.type == '|') {
                return null;
            }
            folded = frame.complete();
        }
        return folded;
    }

    /// One element that is complete. Null, and nothing consumed: it is not; null and its head
    /// consumed: an array whose items follow.
    private @Nullable Reply element() throws RespException {
        int lineEnd = lineEnd();
        if (lineEnd < 0) {
            return null;
        }
        byte type = buffer[start];
        int from = start + 1;
        return switch (type) {
            case '+', ',', '(', '#' -> {
                Reply text = new Reply.Text(copy(from, lineEnd));
                start = lineEnd + 2;
                yield text;
            }
            case '-' -> {
                Reply failure = new Reply.Failure(text(from, lineEnd));
                start = lineEnd + 2;
                yield failure;
            }
            case ':' -> {
                Reply number = new Reply.I64(number(from, lineEnd));
                start = lineEnd + 2;
                yield number;
            }
            case '_' -> {
                start = lineEnd + 2;
                yield Reply.NULL;
            }
            case '$', '=', '!' -> string(type, from, lineEnd);
            case '*', '~', '>', '%', '|' -> begin(type, from, lineEnd);
            default -> throw new RespException("octet %#04x begins no reply".formatted(type));
        };
    }

    private @Nullable Reply string(byte type, int from, int lineEnd) throws RespException {
        long length = number(from, lineEnd);
        if (length == -1 && type == '$') {
            start = lineEnd + 2;
            return Reply.NULL;
        }
        if (length < 0 || length > STRING_BYTES_MAX) {
            throw new RespException("a string of " + length + " octets");
        }
        int begin = lineEnd + 2;
        int stringEnd = begin + (int) length;
        if (end < stringEnd + 2) {
            needed = stringEnd + 2 - start;
            return null;
        }
        needed = 0;
        if (buffer[stringEnd] != '\r' || buffer[stringEnd + 1] != '\n') {
            throw new RespException("a string that is longer than it says");
        }
        Reply reply =
                switch (type) {
                    case '!' -> new Reply.Failure(text(begin, stringEnd));
                    case '=' -> {
                        if (length < VERBATIM_HEAD_BYTES) {
                            throw new RespException("a verbatim string without its format");
                        }
                        yield new Reply.Text(copy(begin + VERBATIM_HEAD_BYTES, stringEnd));
                    }
                    default -> new Reply.Text(value(begin, stringEnd));
                };
        start = stringEnd + 2;
        return reply;
    }

    private @Nullable Reply begin(byte type, int from, int lineEnd) throws RespException {
        long count = number(from, lineEnd);
        if (count == -1 && type == '*') {
            start = lineEnd + 2;
            return Reply.NULL;
        }
        if (count < 0 || count > ITEMS_MAX) {
            throw new RespException("an array of " + count + " items");
        }
        if (frames.size() == DEPTH_MAX) {
            throw new RespException("arrays deeper than " + DEPTH_MAX);
        }
        start = lineEnd + 2;
        int items = (int) count * (type == '%' || type == '|' ? 2 : 1);
        if (items == 0 && type != '|') {
            return new Frame(type, 0).complete();
        }
        if (items > 0) {
            frames.push(new Frame(type, items));
        }
        return null;
    }

    /// The place of the line's CR, or -1 when the line is not complete.
    private int lineEnd() throws RespException {
        int limit = Math.min(end, start + LINE_BYTES_MAX);
        for (int i = start; i < limit; i++) {
            if (buffer[i] == '\r') {
                if (i + 1 == end) {
                    return -1;
                }
                if (i == start || buffer[i + 1] != '\n') {
                    throw new RespException("a line that does not end as a line");
                }
                return i;
            }
            if (buffer[i] == '\n') {
                throw new RespException("a line that does not end as a line");
            }
        }
        if (end - start >= LINE_BYTES_MAX) {
            throw new RespException("a line longer than " + LINE_BYTES_MAX + " octets");
        }
        return -1;
    }

    private long number(int from, int to) throws RespException {
        boolean negative = from < to && buffer[from] == '-';
        int digits = negative || from < to && buffer[from] == '+' ? from + 1 : from;
        if (digits == to || to - digits > 19) {
            throw new RespException("no number: \"" + text(from, to) + '"');
        }
        long value = 0;
        for (int i = digits; i < to; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new RespException("no number: \"" + text(from, to) + '"');
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private Bytes value(int from, int to) {
        if (isLent(frames.peek(), to - from)) {
            lent = true;
            return Bytes.wrap(buffer, from, to - from);
        }
        return copy(from, to);
    }

    private Bytes copy(int from, int to) {
        return from == to ? Bytes.EMPTY : Bytes.wrap(Arrays.copyOfRange(buffer, from, to));
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }
}
