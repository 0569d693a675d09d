package dev.tandem;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Half of the tests that need no process of their own, by how long they take; {@link SecondHalf} is the rest. Each half runs in a process of
 * its own, so that one computes while the other waits. A single test is run by its name, without these.
 */
@Suite
@SelectPackages("dev.tandem")
@IncludeClassNamePatterns(FirstHalf.CLASSES)
class FirstHalf {
    static final String CLASSES = "dev\\.tandem\\.(gateway|jobs|event|redis|ops|room|internode)\\..*Test";
}
