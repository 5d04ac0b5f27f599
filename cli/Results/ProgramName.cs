using System.Text.RegularExpressions;

namespace Gateway.Cli.Results;

/// <summary>
/// How the program was called: <c>gateway</c>, or <c>gait</c> where it was called by a link of that name. What tells a user what to type
/// says that name.
/// </summary>
internal static partial class ProgramName
{
    public const string Own = "gateway";
    private const string Gait = "gait";

    public static string Value { get; } = Read();

    /// <summary>Whether it was called as <c>gait</c>.</summary>
    public static bool IsGait => Value == Gait;

    /// <summary>The text with every command line in it as it must be typed.</summary>
    public static string In(string text) => IsGait ? CommandLines().Replace(text, Value) : text;

    /// <summary>The program is found behind the link, so its own path says nothing; the kernel keeps what was typed.</summary>
    private static string Read()
    {
        const string Typed = "/proc/self/cmdline";
        try
        {
            return File.Exists(Typed) && Path.GetFileName(File.ReadAllText(Typed).Split('\0')[0]) == Gait ? Gait : Own;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Own;
        }
    }

    /// <summary>The name in front of a command or an option, and not in a sentence such as "a running gateway, which".</summary>
    [GeneratedRegex(
        @"\bgateway(?= (\[|--|(agents|approvals|approve|atf|bodies|call|cel|changes|completion|config|demo|doctor|explain|"
            + @"gate|guard|incident|init|keys|kill|mcp|notices|operators|policy|profiles|regress|run|scout|serve|tokens|trace|vault|"
            + @"verify)\b))"
    )]
    private static partial Regex CommandLines();
}
