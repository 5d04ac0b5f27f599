using System.Diagnostics.CodeAnalysis;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Whether arguments fit a schema; the zero value says that they don't.</summary>
public readonly struct ArgumentFit
{
    private readonly IReadOnlyList<SchemaFailure>? _failures;

    internal ArgumentFit(bool isValid, IReadOnlyList<SchemaFailure>? failures) => (IsValid, _failures) = (isValid, failures);

    public bool IsValid { get; }

    /// <value>The first of what doesn't fit, at most <see cref="ArgumentSchema.MaxFailures"/>.</value>
    public IReadOnlyList<SchemaFailure> Failures => _failures ?? [];

    internal static ArgumentFit Valid => new(isValid: true, failures: null);

    internal static ArgumentFit Failed(SchemaFailure failure) => new(isValid: false, [failure]);
}

/// <summary>What doesn't fit, without the arguments' values, which may be secret; names of members are told.</summary>
/// <param name="Pointer">A JSON pointer into the arguments, of at most 256 characters; empty for the whole.</param>
/// <param name="Keyword">The schema's keyword; empty where no keyword was come to.</param>
/// <param name="Expected">What the keyword asks for, such as <c>at most 10</c>.</param>
public sealed record SchemaFailure(string Pointer, string Keyword, string Expected)
{
    public override string ToString() =>
        $"{(Pointer.Length == 0 ? "the arguments" : Pointer)}{(Keyword.Length == 0 ? "" : $" ({Keyword})")}: expected {Expected}";
}

/// <summary>What compiling a schema gave: the schema, or where and why it can't be used.</summary>
/// <param name="Schema">Null where it can't be used.</param>
/// <param name="Pointer">A JSON pointer into the schema; empty for the whole.</param>
public sealed record SchemaCompilation(ArgumentSchema? Schema, string Pointer, string Reason)
{
    public bool TryGet([NotNullWhen(true)] out ArgumentSchema? schema) => (schema = Schema) is not null;

    internal static SchemaCompilation Failed(string pointer, string reason) => new(Schema: null, pointer, reason);
}

/// <summary>The schema can't be used.</summary>
internal sealed class SchemaFault(string pointer, string reason) : Exception(reason)
{
    public string Pointer => pointer;
}
