package org.edgeplex.openflow.ovsdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Messages out of a stream of JSON objects with nothing between them.
///
/// The parser is a streaming one, so a message ends where its object ends. What a server may make
/// us keep is bounded: bytes of a message, depth, lengths of strings, names and numbers.
final class RpcReader {
    static final int MESSAGE_BYTES_MAX = 16 << 20;
    static final int DEPTH_MAX = 64;
    static final int STRING_CHARS_MAX = 1 << 20;
    static final int NUMBER_CHARS_MAX = 32;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxStringLength(STRING_CHARS_MAX)
                                                    .maxNameLength(STRING_CHARS_MAX >> 4)
                                                    .maxNumberLength(NUMBER_CHARS_MAX)
                                                    .build())
                                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                                    .build())
                    .build();

    private final BoundedInput input;
    private final JsonParser parser;

    RpcReader(InputStream in) throws IOException {
        input = new BoundedInput(in);
        parser = MAPPER.getFactory().createParser(input);
    }

    static JsonMapper mapper() {
        return MAPPER;
    }

    /// Blocks until there is a whole message.
    ///
    /// @throws EOFException at the end of the stream, also in the middle of a message
    /// @throws OvsdbException if it is no message
    RpcMessage next() throws IOException {
        input.startMessage();
        JsonNode tree;
        try {
            tree = MAPPER.readTree(parser);
        } catch (JsonProcessingException e) {
            throw new OvsdbException("not JSON: " + e.getOriginalMessage());
        }
        if (tree == null) {
            throw new EOFException("the server closed the connection");
        }
        if (!(tree instanceof ObjectNode message)) {
            throw new OvsdbException("a message is an object, not " + tree.getNodeType());
        }
        return message(message);
    }

    private static RpcMessage message(ObjectNode message) throws OvsdbException {
        JsonNode id = member(message, "id");
        JsonNode method = member(message, "method");
        if (method.isTextual()) {
            return id.isNull()
                    ? new RpcMessage.Notification(method.textValue())
                    : new RpcMessage.Request(method.textValue(), member(message, "params"), id);
        }
        // Our ids are whole numbers.
        if (!id.isIntegralNumber() || !id.canConvertToLong()) {
            throw new OvsdbException("neither a method nor an id of ours");
        }
        return new RpcMessage.Reply(
                id.longValue(), member(message, "result"), member(message, "error"));
    }

    private static JsonNode member(ObjectNode message, String name) {
        JsonNode member = message.get(name);
        return member == null ? NullNode.instance : member;
    }

    /// Counts what one message takes; the parser's read-ahead makes that exact to its buffer.
    private static final class BoundedInput extends InputStream {
        private final InputStream in;
        private long bytesLeft = MESSAGE_BYTES_MAX;

        BoundedInput(InputStream in) {
            this.in = in;
        }

        void startMessage() {
            bytesLeft = MESSAGE_BYTES_MAX;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            bytesLeft -= Math.max(count, 0);
            if (bytesLeft < 0) {
                throw new OvsdbException("a message of more than " + MESSAGE_BYTES_MAX + " bytes");
            }
            return count;
        }
    }
}
