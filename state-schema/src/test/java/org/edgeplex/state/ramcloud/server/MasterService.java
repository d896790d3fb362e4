package org.edgeplex.state.ramcloud.server;

import static org.edgeplex.state.ramcloud.wire.Protocol.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.server.Tablet.Place;
import org.edgeplex.state.ramcloud.server.Tablet.StoredObject;
import org.edgeplex.state.ramcloud.wire.FrameReader;
import org.edgeplex.state.ramcloud.wire.FrameWriter;
import org.edgeplex.state.ramcloud.wire.KeyHash;
import org.jspecify.annotations.Nullable;

/// What a master answers (`MasterService.cc`, `ObjectManager.cc`).
final class MasterService implements Node.Service {
    private static final int RETRY_MICROS_LEAST = 1_000;
    private static final int RETRY_MICROS_MOST = 2_000;

    private final ClusterState state;
    private final Master master;
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int enumerateBytesMax = 1 << 20;
    private volatile int multiReadBytesMax = 1 << 22;

    MasterService(ClusterState state, Master master) {
        this.state = state;
        this.master = master;
    }

    /// So many requests to come are answered with Status.RETRY.
    void retryNext(int count) {
        retries.set(count);
    }

    void enumerateAtMost(int bytes) {
        enumerateBytesMax = bytes;
    }

    void multiReadAtMost(int bytes) {
        multiReadBytesMax = bytes;
    }

    int requests() {
        return requests.get();
    }

    @Override
    public boolean handle(FrameReader request, FrameWriter reply) {
        int opcode = request.u16();
        request.u16();
        requests.incrementAndGet();
        if (opcode != PING && retries.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            reply.u32(Status.RETRY).u32(RETRY_MICROS_LEAST).u32(RETRY_MICROS_MOST).u32(0);
            return true;
        }
        synchronized (state) {
            switch (opcode) {
                case PING -> reply.u32(Status.OK);
                case READ -> read(request, reply, false);
                case WRITE, REMOVE, INCREMENT -> linear(opcode, request, reply);
                case MULTI_OP -> multiOp(request, reply);
                case ENUMERATE -> enumerate(request, reply);
                default -> reply.u32(Status.UNIMPLEMENTED_REQUEST);
            }
        }
        return true;
    }

    /// When an operation is refused.
    private record Rules(long given, boolean doesntExist, boolean exists, boolean le, boolean ne) {
        static Rules decode(FrameReader request) {
            return new Rules(
                    request.u64(),
                    request.u8() != 0,
                    request.u8() != 0,
                    request.u8() != 0,
                    request.u8() != 0);
        }

        int check(@Nullable StoredObject object) {
            if (object == null) {
                return doesntExist ? Status.OBJECT_DOESNT_EXIST : Status.OK;
            }
            if (exists) {
                return Status.OBJECT_EXISTS;
            }
            boolean wrong =
                    le && Long.compareUnsigned(object.version(), given) <= 0
                            || ne && object.version() != given;
            return wrong ? Status.WRONG_VERSION : Status.OK;
        }
    }

    private void read(FrameReader request, FrameWriter reply, boolean item) {
        long tableId = request.u64();
        int keyLength = request.u16();
        Rules rules = Rules.decode(request);
        Place place = place(tableId, request.bytes(keyLength));
        Optional<Tablet> tablet = state.owned(master, tableId, place.hash());
        @Nullable StoredObject object = tablet.map(t -> t.objects.get(place)).orElse(null);
        int status = tablet.isEmpty() ? Status.UNKNOWN_TABLET : rules.check(object);
        if (status == Status.OK && object == null) {
            status = Status.OBJECT_DOESNT_EXIST;
        }
        reply.u32(status);
        if (status == Status.OK && object != null) {
            Bytes value = object.value();
            reply.u64(object.version());
            if (item) {
                Bytes key = place.key();
                reply.u32(3 + key.length() + value.length());
                reply.u8(1).u16(key.length()).bytes(key).bytes(value);
            } else {
                reply.u32(value.length()).bytes(value);
            }
        } else if (item || tablet.isPresent()) {
            reply.u64(object == null ? 0 : object.version()).u32(0);
        }
    }

    /// Operations with a number: done once, answered alike each time.
    private void linear(int opcode, FrameReader request, FrameWriter reply) {
        long tableId = request.u64();
        long leaseId = request.u64();
        request.u64();
        request.u64();
        long rpcId = request.u64();
        long acknowledged = request.u64();
        switch (state.leases.check(leaseId, rpcId, acknowledged)) {
            case Leases.Check.Refused(int status) -> reply.u32(status);
            case Leases.Check.Duplicate(Bytes answer) -> reply.bytes(answer);
            case Leases.Check.New() -> {
                int from = reply.length();
                int status =
                        switch (opcode) {
                            case WRITE -> write(tableId, request, reply, false);
                            case REMOVE -> remove(tableId, request, reply);
                            default -> increment(tableId, request, reply);
                        };
                if (status != Status.UNKNOWN_TABLET) {
                    byte[] answer = Arrays.copyOfRange(reply.array(), from, reply.length());
                    state.leases.record(leaseId, rpcId, Bytes.wrap(answer));
                }
            }
        }
    }

    private int write(long tableId, FrameReader request, FrameWriter reply, boolean item) {
        int length = request.u32();
        Rules rules = Rules.decode(request);
        if (!item) {
            request.u8();
        }
        FrameReader object = request.part(length);
        object.u8();
        Bytes key = object.bytes(object.u16()).compact();
        Bytes value = object.bytes(object.remaining()).compact();
        return put(tableId, key, value, rules, reply);
    }

    private int put(long tableId, Bytes key, Bytes value, Rules rules, FrameWriter reply) {
        Place place = place(tableId, key);
        Optional<Tablet> tablet = state.owned(master, tableId, place.hash());
        if (tablet.isEmpty()) {
            reply.u32(Status.UNKNOWN_TABLET).u64(0);
            return Status.UNKNOWN_TABLET;
        }
        StoredObject old = tablet.get().objects.get(place);
        int status = rules.check(old);
        long version = old == null ? 0 : old.version();
        if (status == Status.OK) {
            version = old == null ? master.nextVersion++ : old.version() + 1;
            tablet.get().objects.put(place, new StoredObject(value, version));
        }
        reply.u32(status).u64(version);
        return status;
    }

    private int remove(long tableId, FrameReader request, FrameWriter reply) {
        int keyLength = request.u16();
        Rules rules = Rules.decode(request);
        Place place = place(tableId, request.bytes(keyLength));
        Optional<Tablet> tablet = state.owned(master, tableId, place.hash());
        if (tablet.isEmpty()) {
            reply.u32(Status.UNKNOWN_TABLET).u64(0);
            return Status.UNKNOWN_TABLET;
        }
        StoredObject old = tablet.get().objects.get(place);
        int status = rules.check(old);
        if (status == Status.OK && old != null) {
            tablet.get().objects.remove(place);
            master.raiseVersion(old.version() + 1);
        }
        reply.u32(status).u64(old == null ? 0 : old.version());
        return status;
    }

    private int increment(long tableId, FrameReader request, FrameWriter reply) {
        int keyLength = request.u16();
        long delta = request.u64();
        request.u64();
        Rules rules = Rules.decode(request);
        Bytes key = request.bytes(keyLength).compact();
        Place place = place(tableId, key);
        Optional<Tablet> tablet = state.owned(master, tableId, place.hash());
        StoredObject old = tablet.map(t -> t.objects.get(place)).orElse(null);
        if (old != null && old.value().length() != Long.BYTES) {
            reply.u32(Status.INVALID_OBJECT).u64(0).u64(0);
            return Status.INVALID_OBJECT;
        }
        long sum =
                (old == null ? 0 : Long.reverseBytes(old.value().asByteBuffer().getLong())) + delta;
        byte[] value = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            value[i] = (byte) (sum >>> (Byte.SIZE * i));
        }
        int status = put(tableId, key, Bytes.wrap(value), rules, reply);
        reply.u64(sum);
        return status;
    }

    private void multiOp(FrameReader request, FrameWriter reply) {
        int count = request.u32();
        int type = request.u32();
        reply.u32(Status.OK);
        int countAt = reply.length();
        reply.u32(count);
        for (int i = 0; i < count; i++) {
            switch (type) {
                case MULTI_READ -> {
                    if (reply.length() - countAt > multiReadBytesMax) {
                        reply.setU32(countAt, i);
                        return;
                    }
                    read(request, reply, true);
                }
                case MULTI_WRITE -> write(request.u64(), request, reply, true);
                case MULTI_REMOVE -> remove(request.u64(), request, reply);
                default -> throw new IllegalArgumentException("MULTI_OP of type " + type);
            }
        }
    }

    /// In the order of the hashes. The iterator is the first hash that was not returned yet, and
    /// whether there is one: it holds also when the tablet is split or has moved meanwhile.
    private void enumerate(FrameReader request, FrameWriter reply) {
        long tableId = request.u64();
        request.u8();
        long firstHash = request.u64();
        FrameReader iterator = request.part(request.length());
        Optional<Tablet> owned = state.owned(master, tableId, firstHash);
        if (owned.isEmpty()) {
            reply.u32(Status.UNKNOWN_TABLET);
            return;
        }
        Tablet tablet = owned.get();
        boolean begun = iterator.remaining() > 0;
        long from = begun ? iterator.u64() : firstHash;
        if (Long.compareUnsigned(from, firstHash) < 0) {
            from = firstHash;
        }
        boolean over = begun && iterator.u8() == 1;
        List<Map.Entry<Place, StoredObject>> page = new ArrayList<>();
        if (!over) {
            long after = fill(page, tablet, from);
            over = after == 0 && !page.isEmpty();
            from = page.isEmpty() ? from : after;
        }
        reply.u32(Status.OK).u64(page.isEmpty() ? tablet.lastHash + 1 : firstHash);
        int payloadAt = reply.length();
        reply.u32(0).u32(Long.BYTES + Byte.BYTES);
        int start = reply.length();
        for (var entry : page) {
            Bytes key = entry.getKey().key();
            Bytes value = entry.getValue().value();
            reply.u32(OBJECT_HEADER_BYTES + 3 + key.length() + value.length());
            reply.u32(0).u32(0).u64(entry.getValue().version()).u64(tableId);
            reply.u8(1).u16(key.length()).bytes(key).bytes(value);
        }
        reply.setU32(payloadAt, reply.length() - start);
        reply.u64(from).u8(over ? 1 : 0);
    }

    /// Returns the hash after the page; 0: there is none.
    private long fill(List<Map.Entry<Place, StoredObject>> page, Tablet tablet, long from) {
        int bytes = 0;
        long lastHash = from;
        for (var entry : tablet.objects.tailMap(new Place(from, Bytes.EMPTY), true).entrySet()) {
            long hash = entry.getKey().hash();
            if (bytes > enumerateBytesMax && hash != lastHash) {
                return hash;
            }
            page.add(entry);
            bytes += entry.getKey().key().length() + entry.getValue().value().length();
            lastHash = hash;
        }
        return tablet.lastHash + 1;
    }

    private static Place place(long tableId, Bytes key) {
        return new Place(KeyHash.of(tableId, key), key.compact());
    }
}
