package org.edgeplex.state.redis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.edgeplex.state.redis.Sent.Batch;

/// What waits to be sent, and what was sent and has no reply yet. Decides what is sent together,
/// what is repeated, and what becomes of calls when a connection is lost. No I/O, no threads, no
/// clock: its owner guards it.
final class Pipeline {
    static final int IN_FLIGHT_MAX = 1_024;
    static final int FLUSH_BYTES_MAX = 1 << 16;

    private final Layout layout;
    private final int replicas;
    private final int waitMillis;
    private final long sessionSeconds;

    private final Deque<Read<?>> reads = new ArrayDeque<>();
    private final Batches batches;
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private final FinishedCalls finished = new FinishedCalls();
    private long unansweredBytes;
    private boolean renewalDue;

    Pipeline(Layout layout, int replicas, int waitMillis, long sessionSeconds) {
        this.layout = layout;
        this.replicas = replicas;
        this.waitMillis = waitMillis;
        this.sessionSeconds = sessionSeconds;
        this.batches = new Batches(layout, replicas, waitMillis, finished);
    }

    void add(Read<?> read) {
        reads.add(read);
    }

    void add(WriteCall call) {
        batches.add(call);
    }

    /// Has the session's record kept for longer.
    void renew() {
        renewalDue = true;
    }

    /// Whether [#fill] has something to send.
    boolean hasWork() {
        return inFlight.size() < IN_FLIGHT_MAX
                && (!reads.isEmpty() || renewalDue || batches.hasWork());
    }

    int waiting() {
        return reads.size() + batches.waiting();
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
            if (batches.hasWork()) {
                fillBatch(out, nowNanos);
            }
        }
    }

    private void fillBatch(RespWriter out, long nowNanos) {
        int from = out.size();
        Batch batch = batches.fill(out);
        if (batch == null) {
            return;
        }
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
                batches.notDone(refused);
            }
            throw new IOException(Errors.text(failure));
        }
        switch (sent) {
            case Sent.OfRead(Read<?> read, _, _) -> repliedTo(read, reply);
            case Sent.OfBatch(Batch batch, _, _) -> batches.replied(batch, reply);
            case Sent.OfReplicas(Batch batch, _, _) -> batches.confirmed(batch, reply);
            case Sent.OfRenewal _ -> {}
        }
        inFlight.remove();
        unansweredBytes -= sent.bytes();
        batches.rewindIfDue();
    }

    private void repliedTo(Read<?> read, Reply reply) {
        if (read.isOver()) {
            return;
        }
        if (!read.whole && Errors.isNoScript(reply)) {
            read.whole = true;
            reads.addFirst(read);
            return;
        }
        read.reply(reply);
        finished.add(read);
    }

    /// The connection is gone. Reads wait for the next one; of the writes that were under way
    /// [#resumed] will know.
    void lost() {
        List<Read<?>> again = new ArrayList<>();
        List<Batch> unconfirmed = new ArrayList<>();
        for (Sent sent : inFlight) {
            switch (sent) {
                case Sent.OfRead(Read<?> read, _, _) -> again.add(read);
                case Sent.OfReplicas(Batch batch, _, _) when batch.answered != null ->
                        unconfirmed.add(batch);
                case Sent.OfBatch _, Sent.OfReplicas _, Sent.OfRenewal _ -> {}
            }
        }
        again.reversed().forEach(reads::addFirst);
        batches.lost(unconfirmed);
        inFlight.clear();
        unansweredBytes = 0;
    }

    /// A new connection is there, and the session's next generation.
    void resumed(Session session) {
        batches.resumed(session);
    }

    /// Gives up what is past its deadline.
    void expire(long nowNanos, String why) {
        reads.removeIf(read -> finished.expire(read, nowNanos, why));
        for (Sent sent : inFlight) {
            switch (sent) {
                case Sent.OfRead(Read<?> read, _, _) -> finished.expire(read, nowNanos, why);
                case Sent.OfBatch(Batch batch, _, _) -> batches.expire(batch, nowNanos, why);
                case Sent.OfReplicas(Batch batch, _, _) -> batches.expire(batch, nowNanos, why);
                case Sent.OfRenewal _ -> {}
            }
        }
        batches.expire(nowNanos, why);
    }

    /// Ends all there is.
    void abandon(String why) {
        reads.forEach(read -> finished.giveUp(read, why));
        for (Sent sent : inFlight) {
            switch (sent) {
                case Sent.OfRead(Read<?> read, _, _) -> finished.giveUp(read, why);
                case Sent.OfBatch(Batch batch, _, _) -> batches.abandon(batch, why);
                case Sent.OfReplicas(Batch batch, _, _) -> batches.abandon(batch, why);
                case Sent.OfRenewal _ -> {}
            }
        }
        batches.abandon(why);
        reads.clear();
        inFlight.clear();
    }

    /// Moves the calls that are over, to be finished outside of the guard.
    void drainFinished(List<Call> into) {
        finished.drainInto(into);
    }
}
