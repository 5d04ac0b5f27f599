namespace Gateway.Connectors.Bodies;

/// <summary>
/// A kept body isn't the one that was kept under its name. The message names it, never what is in it; it is for operators.
/// </summary>
public sealed class BodyException(string message, Exception? inner = null) : Exception(message, inner);
