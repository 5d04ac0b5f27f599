return 6;
