package org.edgeplex.openflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each flow is written `owner.port>action`: owner `7` is a cookie of attachment 7, `x` a foreign
/// one, `!` marks a flow with a timeout.
final class FlowDiffTest {
    private static final long FOREIGN_COOKIE = 0x1234;

    @ParameterizedTest(
            name = "{0} on {1}: add {2}, modify {3}, delete {4}, foreign {5}, shadow {6}")
    @CsvSource({
        // wanted, there, add, modify, delete, foreign, shadowed
        "'', '', '', '', '', '', ''",
        "7.1>2, '', 7.1>2, '', '', '', ''",
        "7.1>2, 7.1>2, '', '', '', '', ''",
        "7.1>2, 7.1>3, '', 7.1>2, '', '', ''",
        "'', 7.1>2, '', '', 7.1>2, '', ''",
        "8.1>2, 7.1>2, 8.1>2, '', '', '', ''",
        "7.1>2, 7.1>2!, 7.1>2, '', '', '', ''",
        "7.1>2, x.9>2, 7.1>2, '', '', x.9>2, ''",
        "7.1>2, x.1>3, '', '', '', x.1>3, 7.1>2",
        "'', x.1>3, '', '', '', x.1>3, ''",
        "7.1>2 7.2>1, 7.1>5 7.4>1 x.6>1, 7.2>1, 7.1>2, 7.4>1, x.6>1, ''",
    })
    void isTheShortestWay(
            String wanted,
            String there,
            String adds,
            String modifies,
            String deletes,
            String foreign,
            String shadowed) {
        FlowDiff diff = FlowDiff.between(flows(wanted), entries(there));
        assertEquals(
                new FlowDiff(
                        flows(adds),
                        flows(modifies),
                        flows(deletes),
                        entries(foreign),
                        flows(shadowed)),
                diff);
        assertEquals(adds.isEmpty() && modifies.isEmpty() && deletes.isEmpty(), diff.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"7.1>2 8.1>3", "x.1>2"})
    void refusesDesiresThatCannotBeOurs(String wanted) {
        assertThrows(
                IllegalArgumentException.class, () -> FlowDiff.between(flows(wanted), List.of()));
    }

    private static List<Flow> flows(String text) {
        return words(text).map(FlowDiffTest::flow).toList();
    }

    private static List<FlowEntry> entries(String text) {
        return words(text)
                .map(word -> new FlowEntry(flow(word), word.endsWith("!"), 3, 300, 10))
                .toList();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
    }

    private static Flow flow(String word) {
        String[] parts = word.replace("!", "").split("[.>]", -1);
        long cookie =
                parts[0].equals("x")
                        ? FOREIGN_COOKIE
                        : Cookies.ofAttachment(Integer.parseInt(parts[0]));
        return new Flow(
                0,
                200,
                cookie,
                List.of(new MatchField.InPort(Integer.parseInt(parts[1]))),
                List.of(new FlowAction.Output(Integer.parseInt(parts[2]))));
    }
}
