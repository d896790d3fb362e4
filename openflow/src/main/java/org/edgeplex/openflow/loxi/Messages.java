package org.edgeplex.openflow.loxi;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlType;
import org.projectfloodlight.openflow.protocol.OFBundleFlags;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadActionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadInstructionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadMatchErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadRequestErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBundleFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFFlowModFailedErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFHelloFailedErrorMsg;
import org.projectfloodlight.openflow.types.BundleId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U32;

/// The messages of a session other than flows, to and from bytes.
final class Messages {
    static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_14);

    /// Where type and code of an error are (section 7.5.4).
    private static final int ERROR_TYPE_OFFSET = 8;

    private static final int ERROR_CODE_OFFSET = 10;
    private static final int ERROR_BYTES_MIN = 12;

    private static final int BUNDLE_CONTROL_BYTES = 16;
    private static final int BUNDLE_CONTROL_TYPE_OFFSET = 12;
    private static final int COMMIT_REPLY = 5;

    private static final int BUNDLE_ADD_HEADER_BYTES = 16;
    private static final Set<OFBundleFlags> BUNDLE_FLAGS =
            Set.of(OFBundleFlags.ATOMIC, OFBundleFlags.ORDERED);
    private static final short BUNDLE_FLAGS_BITS = 0b11;

    private Messages() {}

    static byte[] encode(OFMessage message) {
        ByteBuf buffer = Unpooled.buffer(128);
        message.writeTo(buffer);
        return ByteBufUtil.getBytes(buffer);
    }

    /// @throws Frame.Malformed whatever Loxi may throw at bytes that it does not understand
    static OFMessage decode(Frame frame) throws Frame.Malformed {
        try {
            return Objects.requireNonNull(
                    FACTORY.getReader().readFrom(Unpooled.wrappedBuffer(frame.bytes())));
        } catch (OFParseError | RuntimeException e) {
            throw new Frame.Malformed("unreadable message of type " + frame.type() + ": " + e);
        }
    }

    /// Offers 1.4 and nothing else, by the bitmap and by the header.
    static byte[] hello(int xid) {
        U32 bitmap = U32.of(1 << Frame.VERSION_1_4);
        return encode(
                FACTORY.buildHello()
                        .setXid(xid)
                        .setElements(
                                List.of(
                                        FACTORY.buildHelloElemVersionbitmap()
                                                .setBitmaps(List.of(bitmap))
                                                .build()))
                        .build());
    }

    static byte[] featuresRequest(int xid) {
        return encode(FACTORY.buildFeaturesRequest().setXid(xid).build());
    }

    static long datapathId(Frame frame) throws Frame.Malformed {
        if (decode(frame) instanceof OFFeaturesReply reply) {
            return reply.getDatapathId().getLong();
        }
        throw new Frame.Malformed("no features reply but type " + frame.type());
    }

    static byte[] echoRequest(int xid) {
        return encode(FACTORY.buildEchoRequest().setXid(xid).build());
    }

    /// The same bytes back, with the type of a reply (section 7.5.3).
    static byte[] echoReply(Frame request) {
        byte[] reply = request.bytes().clone();
        reply[1] = Frame.ECHO_REQUEST + 1;
        return reply;
    }

    static byte[] barrier(int xid) {
        return encode(FACTORY.buildBarrierRequest().setXid(xid).build());
    }

    /// Asks for every flow of every table.
    static byte[] flowStatsRequest(int xid) {
        return encode(
                FACTORY.buildFlowStatsRequest()
                        .setXid(xid)
                        .setTableId(TableId.ALL)
                        .setOutPort(OFPort.ANY)
                        .setOutGroup(OFGroup.ANY)
                        .setMatch(FACTORY.matchWildcardAll())
                        .build());
    }

    static byte[] bundleOpen(int xid, int bundleId) {
        return bundleControl(xid, bundleId, OFBundleCtrlType.OPEN_REQUEST);
    }

    static byte[] bundleCommit(int xid, int bundleId) {
        return bundleControl(xid, bundleId, OFBundleCtrlType.COMMIT_REQUEST);
    }

    static byte[] bundleDiscard(int xid, int bundleId) {
        return bundleControl(xid, bundleId, OFBundleCtrlType.DISCARD_REQUEST);
    }

    private static byte[] bundleControl(int xid, int bundleId, OFBundleCtrlType type) {
        return encode(
                FACTORY.buildBundleCtrlMsg()
                        .setXid(xid)
                        .setBundleId(BundleId.of(bundleId))
                        .setFlags(BUNDLE_FLAGS)
                        .setBundleCtrlType(type)
                        .build());
    }

    /// OFPBCT_COMMIT_REPLY (section 7.3.9.3).
    static boolean isCommitReply(Frame frame) {
        return frame.type() == Frame.BUNDLE_CONTROL
                && frame.bytes().length >= BUNDLE_CONTROL_BYTES
                && frame.body().getShort(BUNDLE_CONTROL_TYPE_OFFSET) == COMMIT_REPLY;
    }

    /// Wraps an encoded message, whose xid must be the wrapper's (section 7.3.9.6). By hand,
    /// because a delete carries bytes that Loxi may not be able to read.
    static byte[] bundleAdd(int bundleId, byte[] message) {
        int length = BUNDLE_ADD_HEADER_BYTES + message.length;
        if (length > Frame.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("too long for a bundle: " + message.length);
        }
        ByteBuffer frame = ByteBuffer.allocate(length);
        frame.put((byte) Frame.VERSION_1_4).put((byte) Frame.BUNDLE_ADD).putShort((short) length);
        frame.putInt(new Frame(message).xid());
        frame.putInt(bundleId).putShort((short) 0).putShort(BUNDLE_FLAGS_BITS).put(message);
        return frame.array();
    }

    /// The switch's words for its refusal: type and code of the error, named if known.
    static String errorText(Frame frame) {
        if (frame.bytes().length < ERROR_BYTES_MIN) {
            return "error without a type";
        }
        int type = frame.body().getShort(ERROR_TYPE_OFFSET) & 0xffff;
        int code = frame.body().getShort(ERROR_CODE_OFFSET) & 0xffff;
        String numbers = " (type " + type + ", code " + code + ")";
        try {
            return decode(frame) instanceof OFErrorMsg error
                    ? errorName(error) + numbers
                    : "error" + numbers;
        } catch (Frame.Malformed _) {
            // An experimenter's error, or one of a later version: the numbers will do.
            return "error" + numbers;
        }
    }

    private static String errorName(OFErrorMsg error) {
        return error.getErrType()
                + switch (error) {
                    case OFBadActionErrorMsg bad -> " " + bad.getCode();
                    case OFBadInstructionErrorMsg bad -> " " + bad.getCode();
                    case OFBadMatchErrorMsg bad -> " " + bad.getCode();
                    case OFBadRequestErrorMsg bad -> " " + bad.getCode();
                    case OFFlowModFailedErrorMsg failed -> " " + failed.getCode();
                    case OFBundleFailedErrorMsg failed -> " " + failed.getCode();
                    case OFHelloFailedErrorMsg failed -> " " + failed.getCode();
                    default -> ""; // Not an answer to anything that we send.
                };
    }
}
