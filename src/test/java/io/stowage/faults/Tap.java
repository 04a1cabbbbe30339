package io.stowage.faults;

/** Hears what goes over one connection; called from two threads, one for each direction. */
interface Tap {
  Tap DEAF =
      new Tap() {
        @Override
        public void asked(byte[] bytes, int length) {}

        @Override
        public void answered(byte[] bytes, int length) {}

        @Override
        public void closed() {}
      };

  void asked(byte[] bytes, int length);

  /** What was delivered to who asked. */
  void answered(byte[] bytes, int length);

  void closed();
}
