package com.example.shop;

/** What somebody bought, and for how much. */
record Order(String id, double amount) {}
