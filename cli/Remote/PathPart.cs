using System.Buffers;
using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Remote;

/// <summary>What somebody typed, as one part of a path: anything else there could name another operation.</summary>
internal static class PathPart
{
    private const int Longest = 100;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
    );

    /// <param name="what">What it names, such as <c>approval</c>.</param>
    /// <exception cref="InvalidInputException">It can name nothing.</exception>
    public static string Of(string text, string what) =>
        text.Length is > 0 and <= Longest && text[0] != '.' && text.AsSpan().IndexOfAnyExcept(Plain) < 0
            ? text
            : throw new InvalidInputException(
                $"'{VisibleText.Of(text)}' can't be the name of any {what}.",
                "Copy it from the list: letters, digits, '.', '_' and '-'."
            );
}
