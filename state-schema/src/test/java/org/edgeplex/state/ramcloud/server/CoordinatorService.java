package org.edgeplex.state.ramcloud.server;

import static org.edgeplex.state.ramcloud.wire.Protocol.*;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.wire.FrameReader;
import org.edgeplex.state.ramcloud.wire.FrameWriter;

/// What a coordinator answers.
final class CoordinatorService implements Node.Service {
    private final ClusterState state;

    CoordinatorService(ClusterState state) {
        this.state = state;
    }

    @Override
    public boolean handle(FrameReader request, FrameWriter reply) {
        int opcode = request.u16();
        request.u16();
        synchronized (state) {
            switch (opcode) {
                case PING, HINT_SERVER_CRASHED -> reply.u32(Status.OK);
                case GET_TABLE_ID -> {
                    Long id = state.tableIds.get(name(request, request.u32()));
                    reply.u32(id == null ? Status.TABLE_DOESNT_EXIST : Status.OK);
                    reply.u64(id == null ? 0 : id);
                }
                case CREATE_TABLE -> {
                    int length = request.u32();
                    int serverSpan = request.u32();
                    reply.u32(Status.OK).u64(state.createTable(name(request, length), serverSpan));
                }
                case GET_TABLE_CONFIG -> {
                    byte[] config = config(request.u64());
                    reply.u32(Status.OK).u32(config.length).bytes(Bytes.wrap(config));
                }
                case RENEW_LEASE -> {
                    long id = state.leases.renew(request.u64());
                    long now = Leases.now();
                    reply.u32(Status.OK).u64(id).u64(now + state.leases.termNanos()).u64(now);
                }
                default -> reply.u32(Status.UNIMPLEMENTED_REQUEST);
            }
        }
        return true;
    }

    private static String name(FrameReader request, int length) {
        return new String(request.bytes(length - 1).toArray(), StandardCharsets.UTF_8);
    }

    private byte[] config(long tableId) {
        ByteArrayOutputStream config = new ByteArrayOutputStream();
        for (Tablet tablet : state.tablets.getOrDefault(tableId, List.of())) {
            byte[] message = encode(tablet);
            config.write(1 << 3 | 2);
            varint(config, message.length);
            config.writeBytes(message);
        }
        return config.toByteArray();
    }

    private static byte[] encode(Tablet tablet) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 1, tablet.tableId);
        field(message, 2, tablet.firstHash);
        field(message, 3, tablet.lastHash);
        field(message, 4, tablet.recovering ? 1 : 0);
        message.write(5 << 3 | 1);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            message.write((int) (tablet.master.id >>> shift));
        }
        byte[] locator = tablet.master.node.locator().getBytes(StandardCharsets.UTF_8);
        message.write(6 << 3 | 2);
        varint(message, locator.length);
        message.writeBytes(locator);
        field(message, 8, 0);
        field(message, 9, 0);
        return message.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, long value) {
        out.write(number << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
