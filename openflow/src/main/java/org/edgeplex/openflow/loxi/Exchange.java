package org.edgeplex.openflow.loxi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Messages sent together and what came back for them.
///
/// The xids are consecutive, and the last message is one that the switch surely answers, with a
/// reply or an error: a barrier, an echo, a request for features. As the switch answers in order,
/// that answer ends the exchange.
final class Exchange {
    /// 64 MB of flow statistics are about half a million flows.
    static final long ANSWER_BYTES_MAX = 64L << 20;

    private final int firstXid;
    private final int lastXid;
    private final CompletableFuture<List<Frame>> answered = new CompletableFuture<>();
    private final List<Frame> answers = new ArrayList<>();
    private long answerBytes;

    Exchange(int firstXid, int count) {
        this.firstXid = firstXid;
        this.lastXid = firstXid + count - 1;
    }

    int firstXid() {
        return firstXid;
    }

    boolean includes(int xid) {
        return xid >= firstXid && xid <= lastXid;
    }

    CompletableFuture<List<Frame>> answered() {
        return answered;
    }

    /// Called by the connection's reader only.
    ///
    /// @throws Frame.Malformed if the switch answers without end
    void accept(Frame answer) throws Frame.Malformed {
        answerBytes += answer.bytes().length;
        if (answerBytes > ANSWER_BYTES_MAX) {
            throw new Frame.Malformed("an answer of more than " + ANSWER_BYTES_MAX + " bytes");
        }
        answers.add(answer);
        if (answer.xid() == lastXid) {
            answered.complete(List.copyOf(answers));
        }
    }
}
