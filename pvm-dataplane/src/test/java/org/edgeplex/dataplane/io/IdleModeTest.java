package org.edgeplex.dataplane.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdleModeTest {
    @ParameterizedTest
    @EnumSource
    void isReadAsItIsWritten(IdleMode mode) {
        assertEquals(mode, IdleMode.of(mode.word()));
    }

    @Test
    void theWordsAreAllThatThereAre() {
        Set<String> words =
                Arrays.stream(IdleMode.values()).map(IdleMode::word).collect(Collectors.toSet());
        assertEquals(words, new HashSet<>(Arrays.asList(IdleMode.WORDS.split(", "))));
    }
}
