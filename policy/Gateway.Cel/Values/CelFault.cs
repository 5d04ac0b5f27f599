using Gateway.Cel.Syntax;

namespace Gateway.Cel.Values;

/// <summary>
/// Why an evaluation has no value. Never holds data of the request: only words of the language and of the expression itself.
/// </summary>
/// <param name="Message">What is wrong, in a sentence without a full stop.</param>
/// <param name="Range">Where in the expression; null while it isn't known.</param>
public sealed record CelFault(string Message, TextRange? Range = null)
{
    /// <summary>The same for every function that has no overload for what it was given, as the language definition names it.</summary>
    internal static CelFault NoOverload(string function) => new($"no overload of '{function}' takes these types");
}
