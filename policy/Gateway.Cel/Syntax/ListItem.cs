namespace Gateway.Cel.Syntax;

/// <summary>An element of a list literal. An optional one, <c>?e</c>, is left out where it has no value.</summary>
internal sealed record ListItem(Expr Value, bool IsOptional);
