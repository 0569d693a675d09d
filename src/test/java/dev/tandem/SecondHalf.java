package dev.tandem;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What is not in the {@link FirstHalf}. */
@Suite
@SelectPackages("dev.tandem")
@ExcludeClassNamePatterns(FirstHalf.CLASSES)
class SecondHalf {}
