package org.edgeplex.state.ramcloud.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// ENUMERATE, tablet after tablet until there are objects. The place is the first hash of the
/// tablet, and the server's own note of how far it came.
final class EnumerateCall extends Call<ScanPage> {
    private final long tableId;
    private volatile Place place;
    private volatile ScanPage page = new ScanPage(List.of(), Bytes.EMPTY);

    record Place(long firstHash, Bytes iterator) {
        static final Place START = new Place(0, Bytes.EMPTY);

        static Place decode(Bytes resume) {
            if (resume.isEmpty()) {
                return START;
            }
            if (resume.length() < Long.BYTES) {
                throw new StoreException("not a place in a scan of RAMCloud: " + resume);
            }
            long firstHash = resume.asByteBuffer().getLong();
            return new Place(firstHash, resume.slice(Long.BYTES, resume.length() - Long.BYTES));
        }

        Bytes encode() {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + iterator.length());
            bytes.putLong(firstHash).put(iterator.asByteBuffer());
            return Bytes.wrap(bytes.array());
        }
    }

    /// One reply.
    record Reply(List<ScanPage.Entry> entries, Place next) {
        static Reply decode(FrameReader reply, long tableId) {
            long nextHash = reply.u64();
            int payloadBytes = reply.length();
            int iteratorBytes = reply.length();
            FrameReader payload = reply.part(payloadBytes);
            Bytes iterator = reply.bytes(iteratorBytes).compact();
            List<ScanPage.Entry> entries = new ArrayList<>();
            while (payload.remaining() > 0) {
                entries.add(object(payload.part(payload.length()), tableId));
            }
            return new Reply(entries, new Place(nextHash, iterator));
        }

        /// Checksum, timestamp, version, table, then keys and value.
        private static ScanPage.Entry object(FrameReader object, long tableId) {
            object.u64();
            long version = object.u64();
            long ofTable = object.u64();
            if (ofTable != tableId) {
                throw new MalformedReplyException(
                        "an object of table %d in a scan of table %d".formatted(ofTable, tableId));
            }
            KeyAndValue content = KeyAndValue.decode(object);
            return new ScanPage.Entry(content.key(), content.value(), version);
        }
    }

    EnumerateCall(long tableId, Bytes resume, Duration timeout, PendingCalls calls) {
        super(1, timeout, calls);
        this.tableId = tableId;
        this.place = Place.decode(resume);
    }

    @Override
    Kind kind(int index) {
        return Kind.ENUMERATE;
    }

    @Override
    long tableId(int index) {
        return tableId;
    }

    @Override
    long hash(int index) {
        return place.firstHash;
    }

    @Override
    int bytes(int index) {
        return Requests.ITEM_BYTES + place.iterator.length();
    }

    @Override
    void encode(FrameWriter out, int index, @Nullable LinearId linear) {
        Place from = place;
        Requests.enumerate(out, tableId, from.firstHash, from.iterator);
    }

    @Override
    void encodeItem(FrameWriter out, int index) {
        throw new IllegalStateException("enumerations go alone");
    }

    @Override
    Verdict answer(int index, int status, FrameReader reply, boolean item) {
        Verdict verdict = Verdict.of(status);
        if (verdict != Verdict.DONE) {
            return verdict;
        }
        if (status != Status.OK) {
            endWith(ClusterFailures.refused("enumerate", tableId, status));
            return verdict;
        }
        Reply decoded = Reply.decode(reply, tableId);
        Place next = decoded.next();
        if (!decoded.entries().isEmpty()) {
            page = new ScanPage(decoded.entries(), next.encode());
            return Verdict.DONE;
        }
        if (next.firstHash() == 0) {
            return Verdict.DONE;
        }
        if (Long.compareUnsigned(next.firstHash(), place.firstHash) <= 0) {
            throw new MalformedReplyException("an enumeration that does not go forward");
        }
        place = next;
        return Verdict.CONTINUE;
    }

    @Override
    protected ScanPage result() {
        return page;
    }

    @Override
    protected ScanPage resultSoFar(String why) {
        throw ClusterFailures.late("scanning", why);
    }
}
