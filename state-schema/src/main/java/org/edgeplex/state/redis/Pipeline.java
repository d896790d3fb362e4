package org.edgeplex.state.redis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Write;
import org.edgeplex.state.redis.Sent.Batch;
import org.edgeplex.state.redis.Sent.Segment;
import org.jspecify.annotations.Nullable;

/// What waits to be sent, and what was sent and has no reply yet. Decides what is sent together,
/// what is repeated, and what becomes of writes when a connection is lost. No I/O, no threads, no
/// clock: its owner guards it.
final class Pipeline {
    /// As many as `write.lua` keeps answers of.
    static final int BATCHES_MAX = 4;

    static final int BATCH_WRITES_MAX = 128;
    static final int BATCH_BYTES_MAX = 1 << 20;
    static final int IN_FLIGHT_MAX = 1_024;
    static final int FLUSH_BYTES_MAX = 1 << 16;

    private final Layout layout;
    private final int replicas;
    private final int waitMillis;
    private final long sessionSeconds;

    private final Deque<Read<?>> reads = new ArrayDeque<>();
    private final Deque<Segment> writes = new ArrayDeque<>();
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private final List<Call> finished = new ArrayList<>();

    /// Batches that were sent and are not done, or of which nobody knows: until all that is under
    /// way has come back.
    private final TreeMap<Long, Batch> open = new TreeMap<>();

    private long generation;
    private long sentNumber;
    private long doneNumber;
    private long unansweredBytes;
    private int batchesInFlight;
    private boolean rewinding;
    private boolean whole;
    private boolean renewalDue;

    Pipeline(Layout layout, int replicas, int waitMillis, long sessionSeconds) {
        this.layout = layout;
        this.replicas = replicas;
        this.waitMillis = waitMillis;
        this.sessionSeconds = sessionSeconds;
    }

    void add(Read<?> read) {
        reads.add(read);
    }

    void add(WriteCall call) {
        writes.add(new Segment(call, 0, call.writes.size()));
    }

    /// Has the session's record kept for longer.
    void renew() {
        renewalDue = true;
    }

    /// Whether [#fill] has something to send.
    boolean hasWork() {
        return inFlight.size() < IN_FLIGHT_MAX
                && (!reads.isEmpty() || renewalDue || !writes.isEmpty() && takesBatches());
    }

    private boolean takesBatches() {
        return !rewinding && batchesInFlight < BATCHES_MAX;
    }

    int waiting() {
        return reads.size() + writes.size();
    }

    int inFlight() {
        return inFlight.size();
    }

    /// What was sent and has no reply, in octets.
    long unansweredBytes() {
        return unansweredBytes;
    }

    /// When the oldest command was sent that has no reply; empty pipeline: `now`.
    long oldestSentNanos(long now) {
        Sent oldest = inFlight.peek();
        return oldest == null ? now : oldest.atNanos();
    }

    /// Encodes what is to be sent now, as much as goes together well.
    void fill(RespWriter out, long nowNanos) {
        while (out.size() < FLUSH_BYTES_MAX && hasWork()) {
            int from = out.size();
            Read<?> read = reads.poll();
            if (read != null) {
                if (!read.isOver()) {
                    read.command.encode(out, read.whole);
                    sent(new Sent.OfRead(read, out.size() - from, nowNanos));
                }
            } else if (renewalDue) {
                renewalDue = false;
                layout.renew(out, sessionSeconds);
                sent(new Sent.OfRenewal(out.size() - from, nowNanos));
            }
            if (!writes.isEmpty() && takesBatches()) {
                fillBatch(out, nowNanos);
            }
        }
    }

    private void fillBatch(RespWriter out, long nowNanos) {
        Batch batch = nextBatch();
        if (batch.count == 0) {
            return;
        }
        int from = out.size();
        sentNumber = batch.number;
        layout.write(
                out, whole, Long.toString(generation), batch.number, batch.segments, batch.count);
        // The server runs them in order: when this one is there, so is the script.
        whole = false;
        open.put(batch.number, batch);
        batchesInFlight++;
        sent(new Sent.OfBatch(batch, out.size() - from, nowNanos));
        if (replicas > 0) {
            from = out.size();
            out.array(3).bulk("WAIT").bulk(replicas).bulk(waitMillis);
            sent(new Sent.OfReplicas(batch, out.size() - from, nowNanos));
        }
    }

    private void sent(Sent one) {
        unansweredBytes += one.bytes();
        inFlight.add(one);
    }

    private Batch nextBatch() {
        List<Segment> segments = new ArrayList<>();
        int count = 0;
        long bytes = 0;
        for (Segment next; (next = writes.poll()) != null; ) {
            if (next.call().isOver()) {
                continue;
            }
            int to = next.from();
            while (to < next.to() && count < BATCH_WRITES_MAX) {
                long size = size(next.call().writes.get(to));
                if (count > 0 && bytes + size > BATCH_BYTES_MAX) {
                    break;
                }
                bytes += size;
                count++;
                to++;
            }
            if (to > next.from()) {
                segments.add(new Segment(next.call(), next.from(), to));
            }
            if (to < next.to()) {
                writes.addFirst(new Segment(next.call(), to, next.to()));
                break;
            }
        }
        return new Batch(sentNumber + 1, segments, count);
    }

    private static long size(Write write) {
        return write.key().length() + (write instanceof Write.Put put ? put.value().length() : 0L);
    }

    /// Takes the next reply in.
    ///
    /// @throws IOException the connection is of no use any more: then [#lost] decides
    void replied(Reply reply) throws IOException {
        Sent sent = inFlight.peek();
        if (sent == null) {
            throw new RespException("an answer to nothing");
        }
        if (reply instanceof Reply.Failure failure && Errors.isPassing(failure)) {
            if (sent instanceof Sent.OfBatch(Batch refused, _, _)) {
                notDone(refused);
            }
            throw new IOException(Errors.text(failure));
        }
        switch (sent) {
            case Sent.OfRead(Read<?> read, _, _) -> repliedTo(read, reply);
            case Sent.OfBatch(Batch batch, _, _) -> repliedTo(batch, reply);
            case Sent.OfReplicas(Batch batch, _, _) -> confirmed(batch, reply);
            case Sent.OfRenewal _ -> {}
        }
        inFlight.remove();
        unansweredBytes -= sent.bytes();
        if (rewinding && batchesInFlight == 0) {
            rewind();
        }
    }

    private void repliedTo(Read<?> read, Reply reply) {
        if (read.isOver()) {
            return;
        }
        if (!read.whole && isNoScript(reply)) {
            read.whole = true;
            reads.addFirst(read);
            return;
        }
        read.reply(reply);
        finished.add(read);
    }

    private static boolean isNoScript(Reply reply) {
        return reply instanceof Reply.Failure failure && failure.kind().equals("NOSCRIPT");
    }

    private void repliedTo(Batch batch, Reply reply) throws IOException {
        if (reply instanceof Reply.Text(Bytes answer)) {
            if (Outcomes.areIn(answer, batch.count)) {
                doneNumber = batch.number;
                open.remove(batch.number);
                if (replicas == 0) {
                    batchesInFlight--;
                    decide(batch, new Outcomes(answer), true);
                } else {
                    batch.answered = new Outcomes(answer);
                }
                return;
            }
            // "N": an earlier request was refused, and so is what follows it.
            if (!answer.equals(Bytes.utf8("N")) || !rewinding) {
                throw new IOException("another connection has this client's session");
            }
            refused();
            return;
        }
        if (isNoScript(reply)) {
            whole = true;
            refused();
            return;
        }
        refused();
        open.remove(batch.number);
        if (!(reply instanceof Reply.Failure failure)) {
            fail(batch, Errors.unexpected(reply));
        } else if (Errors.isWithoutEffect(failure)) {
            fail(batch, Errors.of(failure));
        } else {
            String why = Errors.text(failure);
            forEach(batch, (call, index) -> call.unknown(index, why));
        }
    }

    private void refused() {
        rewinding = true;
        if (replicas == 0) {
            batchesInFlight--;
        }
    }

    /// The reply to the `WAIT` behind a batch.
    private void confirmed(Batch batch, Reply reply) {
        batchesInFlight--;
        Outcomes outcomes = batch.answered;
        if (outcomes != null) {
            long count = reply instanceof Reply.I64(long value) ? value : 0;
            decide(batch, outcomes, count >= replicas);
        }
    }

    /// All that was under way has come back: what was refused goes first, in its order.
    private void rewind() {
        rewinding = false;
        sentNumber = doneNumber;
        takeBack(new ArrayList<>(open.values()));
        open.clear();
    }

    /// The server refused this batch, and so it does those that follow it: another one takes them.
    private void notDone(Batch refused) {
        var following = open.tailMap(refused.number, true);
        takeBack(new ArrayList<>(following.values()));
        following.clear();
    }

    private void takeBack(List<Batch> batches) {
        for (Batch batch : batches.reversed()) {
            for (Segment segment : batch.segments.reversed()) {
                writes.addFirst(segment);
            }
        }
    }

    private void decide(Batch batch, Outcomes outcomes, boolean confirmed) {
        int at = 0;
        for (Segment segment : batch.segments) {
            WriteCall call = segment.call();
            boolean wasOver = call.isOver();
            for (int i = segment.from(); i < segment.to(); i++, at++) {
                if (!confirmed && outcomes.kind(at) == Outcomes.WRITTEN) {
                    call.unknown(
                            i,
                            "done, but not confirmed by %d replicas within %d ms"
                                    .formatted(replicas, waitMillis));
                } else {
                    call.outcome(i, outcomes.kind(at), outcomes.number(at));
                }
            }
            over(call, wasOver);
        }
    }

    private void fail(Batch batch, StoreException e) {
        for (Segment segment : batch.segments) {
            boolean wasOver = segment.call().isOver();
            segment.call().fail(e);
            over(segment.call(), wasOver);
        }
    }

    /// Does something with a write of a call.
    @FunctionalInterface
    private interface OfWrite {
        void accept(WriteCall call, int index);
    }

    private void forEach(Batch batch, OfWrite action) {
        for (Segment segment : batch.segments) {
            boolean wasOver = segment.call().isOver();
            for (int i = segment.from(); i < segment.to(); i++) {
                action.accept(segment.call(), i);
            }
            over(segment.call(), wasOver);
        }
    }

    private void over(Call call, boolean wasOver) {
        if (!wasOver && call.isOver()) {
            finished.add(call);
        }
    }

    /// The connection is gone. Reads wait for the next one; of the writes that were under way
    /// [#resumed] will know.
    void lost() {
        List<Read<?>> again = new ArrayList<>();
        for (Sent sent : inFlight) {
            switch (sent) {
                case Sent.OfRead(Read<?> read, _, _) -> again.add(read);
                case Sent.OfReplicas(Batch batch, _, _) when batch.answered != null ->
                        open.put(batch.number, batch);
                case Sent.OfBatch _, Sent.OfReplicas _, Sent.OfRenewal _ -> {}
            }
        }
        again.reversed().forEach(reads::addFirst);
        inFlight.clear();
        unansweredBytes = 0;
        batchesInFlight = 0;
        rewinding = false;
    }

    /// A new connection is there, and the session's next generation.
    void resumed(Session session) {
        boolean known = session.generation() == generation + 1;
        List<Batch> again = new ArrayList<>();
        for (Batch batch : open.values()) {
            if (known && batch.number > session.lastNumber()) {
                again.add(batch);
            } else if (known
                    && session.lastNumber() - batch.number < BATCHES_MAX
                    && session.answers().get((int) (batch.number % BATCHES_MAX))
                            instanceof Reply.Text(Bytes answer)
                    && Outcomes.areIn(answer, batch.count)) {
                decide(batch, new Outcomes(answer), session.replicas() >= replicas);
            } else {
                forEach(
                        batch,
                        (call, index) ->
                                call.unknown(
                                        index,
                                        "the connection was lost, and the server does not know"
                                                + " this client any more"));
            }
        }
        open.clear();
        takeBack(again);
        generation = session.generation();
        doneNumber = session.lastNumber();
        sentNumber = doneNumber;
    }

    /// Gives up what is past its deadline.
    void expire(long nowNanos, String why) {
        Iterator<Read<?>> waiting = reads.iterator();
        while (waiting.hasNext()) {
            Read<?> read = waiting.next();
            if (expired(read, nowNanos, why)) {
                waiting.remove();
            }
        }
        for (Sent sent : inFlight) {
            switch (sent) {
                case Sent.OfRead(Read<?> read, _, _) -> expired(read, nowNanos, why);
                case Sent.OfBatch(Batch batch, _, _) -> expired(batch, nowNanos, why);
                case Sent.OfReplicas(Batch batch, _, _) -> expired(batch, nowNanos, why);
                case Sent.OfRenewal _ -> {}
            }
        }
        open.values().forEach(batch -> expired(batch, nowNanos, why));
        writes.removeIf(segment -> expired(segment.call(), nowNanos, why));
    }

    private void expired(Batch batch, long nowNanos, String why) {
        for (Segment segment : batch.segments) {
            expired(segment.call(), nowNanos, why);
        }
    }

    /// Returns whether the call is over, now or before.
    private boolean expired(Call call, long nowNanos, String why) {
        if (!call.isOver() && nowNanos - call.deadlineNanos >= 0) {
            call.giveUp(why);
            finished.add(call);
        }
        return call.isOver();
    }

    /// Ends all there is.
    void abandon(String why) {
        Set<Call> calls = new LinkedHashSet<>(reads);
        writes.forEach(segment -> calls.add(segment.call()));
        Consumer<Batch> ofBatch = batch -> batch.segments.forEach(s -> calls.add(s.call()));
        open.values().forEach(ofBatch);
        for (Sent sent : inFlight) {
            switch (sent) {
                case Sent.OfRead(Read<?> read, _, _) -> calls.add(read);
                case Sent.OfBatch(Batch batch, _, _) -> ofBatch.accept(batch);
                case Sent.OfReplicas(Batch batch, _, _) -> ofBatch.accept(batch);
                case Sent.OfRenewal _ -> {}
            }
        }
        for (Call call : calls) {
            if (!call.isOver()) {
                call.giveUp(why);
                finished.add(call);
            }
        }
        reads.clear();
        writes.clear();
        open.clear();
        inFlight.clear();
    }

    /// Moves the calls that are over, to be finished outside of the guard.
    void drainFinished(List<Call> into) {
        into.addAll(finished);
        finished.clear();
    }

    /// For one call, without a list; null when there is none.
    @Nullable Call pollFinished() {
        return finished.isEmpty() ? null : finished.removeFirst();
    }
}
