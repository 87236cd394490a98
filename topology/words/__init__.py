"""What codes and numbers say, in sentences, one file a topic. A sentence stands here once and is made where it is shown."""
