using System.Text;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Models;

/// <summary>One kind of model request as data: which fields it may have and what each means. Immutable.</summary>
internal sealed record ModelDialect
{
    /// <summary>Every field of the top level.</summary>
    public required NameTable<FieldMeaning> Fields { get; init; }

    /// <summary>Names inside content.</summary>
    public required NameTable<NestedMeaning> Content { get; init; }

    /// <summary>Names inside tools.</summary>
    public required NameTable<NestedMeaning> Tools { get; init; }

    /// <summary>Values of <c>type</c> inside content that are refused.</summary>
    public required IReadOnlyList<Literal> RefusedKinds { get; init; }

    /// <summary>Types of tools that the caller itself runs.</summary>
    public required IReadOnlyList<Literal> CallersTools { get; init; }

    /// <summary>The same, where a date of eight digits is the end of the type: how the types begin.</summary>
    public IReadOnlyList<string> DatedCallersTools { get; init; } = [];

    /// <summary>The model of a body that names none; null where it must.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>Whether no model reads the body: it is only kept.</summary>
    public bool IsOnlyKept { get; init; }

    /// <summary>Whether every tool must say its type.</summary>
    public bool ToolsHaveTypes { get; init; }

    /// <summary>The field for a cap on output when the body has none; empty where the operation gives no output.</summary>
    public string MaxTokensField { get; init; } = "";

    /// <summary>The least that a cap on output may say. Below it a server may take the cap for none.</summary>
    public int LeastMaxTokens { get; init; }

    /// <summary>Whether a model may think, and not show it, where the body doesn't say that it shall not.</summary>
    public Func<string, bool> MayThinkUnasked { get; init; } = static _ => false;

    /// <summary>Whether a stream tells its usage only when asked.</summary>
    public bool StreamUsageIsAsked { get; init; }

    /// <summary>Whether the provider keeps answers unless told not to.</summary>
    public bool StoresUnlessTold { get; init; }

    /// <summary>Whether nothing is charged: it only counts.</summary>
    public bool IsFree { get; init; }

    /// <summary>Whether the caller itself runs a tool of this type, which has a date.</summary>
    public bool IsRunByCaller(string type)
    {
        foreach (var start in DatedCallersTools)
        {
            if (
                type.Length == start.Length + "20250124".Length
                && type.StartsWith(start, StringComparison.Ordinal)
                && !type.AsSpan(start.Length).ContainsAnyExceptInRange('0', '9')
            )
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A fixed text with its bytes, so that comparing costs no allocation.</summary>
internal sealed class Literal(string text)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    public override string ToString() => Text;
}

/// <summary>Makes tables of names from lists separated by blanks, so that a dialect reads like its documentation.</summary>
internal static class DialectTables
{
    public static NameTable<T> Table<T>(params (T Meaning, string Names)[] rows)
        where T : struct => new([.. rows.SelectMany(row => row.Names.Split(' ').Select(name => KeyValuePair.Create(name, row.Meaning)))]);
}
