namespace Gateway.LoadTests.Targets;

/// <summary>A target that should have started and didn't. One that isn't installed is skipped instead.</summary>
public sealed class TargetException(string message) : Exception(message);
