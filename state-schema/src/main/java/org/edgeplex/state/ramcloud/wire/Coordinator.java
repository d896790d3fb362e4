package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.ramcloud.Status;
import org.jspecify.annotations.Nullable;

/// Requests to the coordinator, which is looked up anew whenever the connection to it ended. Each
/// request is tried once: who asks decides whether to ask again. Lives on the loop.
final class Coordinator {
    private static final Duration FIND_AT_MOST = Duration.ofSeconds(3);

    private final Leader leader;
    private final Transport transport;
    private final EventLoop loop;
    private final List<Question> waiting = new ArrayList<>();
    private @Nullable Session session;
    private boolean finding;
    private long findings;

    /// What an answer is given to: its status, and what follows it.
    @FunctionalInterface
    interface Answer {
        void take(int status, FrameReader reply);
    }

    Coordinator(Leader leader, Transport transport, EventLoop loop) {
        this.leader = leader;
        this.transport = transport;
        this.loop = loop;
    }

    /// On the loop, as are the answers; one of them comes, once.
    void ask(Consumer<FrameWriter> question, Answer answer, Consumer<String> failure) {
        waiting.add(new Question(question, answer, failure));
        sendWaiting();
    }

    void watch(long stallNanos) {
        if (session != null) {
            session.watch(stallNanos);
        }
    }

    private void sendWaiting() {
        Session current = session;
        if (current != null && !current.isEnded()) {
            List<Question> questions = List.copyOf(waiting);
            waiting.clear();
            for (Question question : questions) {
                if (!current.send(question)) {
                    question.lost("the connection was lost");
                }
            }
            return;
        }
        if (!finding) {
            finding = true;
            long which = ++findings;
            leader.find(
                    locator -> loop.execute(() -> found(which, locator)),
                    why -> loop.execute(() -> notFound(which, why)));
            loop.schedule(
                    FIND_AT_MOST, () -> notFound(which, "nobody says where the coordinator is"));
        }
    }

    private void found(long which, String locator) {
        if (!finding || which != findings) {
            return;
        }
        finding = false;
        session = new Session(locator, transport, loop);
        sendWaiting();
    }

    private void notFound(long which, String why) {
        if (!finding || which != findings) {
            return;
        }
        finding = false;
        List<Question> questions = List.copyOf(waiting);
        waiting.clear();
        questions.forEach(question -> question.failure.accept("the coordinator: " + why));
    }

    private final class Question extends Request {
        private final Consumer<FrameWriter> question;
        private final Answer answer;
        private final Consumer<String> failure;

        Question(Consumer<FrameWriter> question, Answer answer, Consumer<String> failure) {
            this.question = question;
            this.answer = answer;
            this.failure = failure;
        }

        @Override
        void encode(FrameWriter out) {
            question.accept(out);
        }

        @Override
        void answered(byte[] payload) {
            loop.execute(() -> take(payload));
        }

        private void take(byte[] payload) {
            try {
                FrameReader reply = new FrameReader(payload);
                int status = reply.u32();
                if (status == Status.SERVICE_NOT_AVAILABLE) {
                    // One that does not lead, or not yet.
                    giveUp("does not lead");
                    failure.accept("the coordinator: it does not lead");
                    return;
                }
                answer.take(status, reply);
            } catch (MalformedReplyException e) {
                giveUp("not RAMCloud's protocol");
                failure.accept("the coordinator: " + e.getMessage());
            }
        }

        private void giveUp(String why) {
            if (session != null) {
                session.end(why);
            }
        }

        @Override
        void lost(String why) {
            loop.execute(() -> {
                String where = session == null ? "" : " at " + session.locator();
                failure.accept("the coordinator%s: %s".formatted(where, why));
            });
        }
    }
}
