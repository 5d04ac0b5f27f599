using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>
/// A value under a name: <c>cel.bind(name, value, body)</c>. An error stays with the name and counts only where it is read.
/// </summary>
internal sealed record BindExpr(TextRange Range, string Name, Expr Value, Expr Body, int Place = 0) : Expr(Range);

/// <summary>The body over the value of an optional, if it has one. Flat, the body gives an optional itself (<c>optFlatMap</c>).</summary>
internal sealed record OptionalMapExpr(TextRange Range, Expr Target, string Name, Expr Body, bool IsFlat, int Place = 0) : Expr(Range);

/// <summary>
/// A macro over a list or map. With one name it is the element or the key, with two they are index and element, or key and value.
/// </summary>
internal sealed record ComprehensionExpr(
    TextRange Range,
    ComprehensionKind Kind,
    Expr Source,
    string Name,
    string? SecondName,
    Expr? Filter,
    Expr Body,
    int Place = 0
) : Expr(Range);

/// <summary>What a macro makes of the elements of a list or the entries of a map.</summary>
internal enum ComprehensionKind
{
    /// <summary>True if the body holds for every element; one false decides, even where another is an error.</summary>
    All,

    /// <summary>True if the body holds for an element; one true decides, even where another is an error.</summary>
    Exists,

    /// <summary>True if the body holds for exactly one element; any error is the result.</summary>
    ExistsOne,

    /// <summary>A list of the body for each element that passes the filter.</summary>
    List,

    /// <summary>A map from each key to the body, for each entry that passes the filter.</summary>
    Map,

    /// <summary>A map of the entries that the body gives for each element that passes the filter.</summary>
    MapEntries,
}
