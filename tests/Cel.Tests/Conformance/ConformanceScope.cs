using System.Text.RegularExpressions;

namespace Gateway.Cel.Tests.Conformance;

/// <summary>
/// Says why a case is out of scope: it needs protobuf messages, wrappers, enums or extensions, or the block extension. The rule looks at
/// what the case says, never at whether it passes.
/// </summary>
public static partial class ConformanceScope
{
    /// <summary>Null for a case that must pass.</summary>
    public static string? WhyOut(ConformanceCase one)
    {
        if (one.File == "block_ext")
        {
            return "block extension";
        }

        if (one.File == "proto2_ext" || Extensions().IsMatch(one.Expression))
        {
            return "protobuf extensions";
        }

        if (one.File == "enums" || Enums().IsMatch(one.Raw))
        {
            return "protobuf enums";
        }

        if (Wrappers().IsMatch(one.Raw))
        {
            return "protobuf wrappers";
        }

        return Messages().IsMatch(one.Raw) ? "protobuf messages" : null;
    }

    [GeneratedRegex(@"proto\.(has|get)Ext\(")]
    private static partial Regex Extensions();

    [GeneratedRegex(@"""enum"":|GlobalEnum|NestedEnum")]
    private static partial Regex Enums();

    [GeneratedRegex(@"\b(Bool|Bytes|Double|Float|Int32|Int64|String|UInt32|UInt64)Value\b|""wrapper"":")]
    private static partial Regex Wrappers();

    /// <summary>
    /// A message by name or as a literal, a capitalised name and a brace; of the well-known ones only the types Timestamp and Duration are
    /// of the language itself.
    /// </summary>
    [GeneratedRegex(
        @"TestAllTypes|\b[A-Z]\w*\{|""object"":|""message_type"":|google\.protobuf\.(?!Timestamp\b(?!\s*\{)|Duration\b(?!\s*\{))"
    )]
    private static partial Regex Messages();
}
