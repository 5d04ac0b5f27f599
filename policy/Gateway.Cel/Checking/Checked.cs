using Gateway.Cel.Syntax;

namespace Gateway.Cel.Checking;

/// <summary>A node whose names and functions are resolved, and its type.</summary>
internal readonly record struct Checked(Expr Node, CelType Type);
