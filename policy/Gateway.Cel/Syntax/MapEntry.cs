namespace Gateway.Cel.Syntax;

/// <summary>An entry of a map literal. An optional one, <c>?k: v</c>, is left out where it has no value.</summary>
internal sealed record MapEntry(Expr Key, Expr Value, bool IsOptional);
