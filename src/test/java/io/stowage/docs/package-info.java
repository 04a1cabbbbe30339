/**
 * What the documentation shows. A block of Java in {@code src/main/docs} is the region of a class
 * here that it names, {@code FirstAssetTest#group}: compiled with the tests, and run by those of
 * its class. {@code DocumentationTest} holds the two together; with {@code -Dstowage.docs=write} it
 * writes the regions, and the tables of settings, into the pages.
 */
package io.stowage.docs;
