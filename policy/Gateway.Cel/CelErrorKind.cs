namespace Gateway.Cel;

/// <summary>What sort of mistake an expression has.</summary>
public enum CelErrorKind
{
    /// <summary>Nobody said.</summary>
    None,

    /// <summary>The text isn't an expression of the language.</summary>
    Syntax,

    /// <summary>A name that nothing declares.</summary>
    UnknownName,

    /// <summary>An operator or function doesn't take these types.</summary>
    Type,

    /// <summary>A part of the language that isn't supported, such as messages.</summary>
    Unsupported,

    /// <summary>Too long, too deep or too large.</summary>
    Limit,

    /// <summary>The evaluation went wrong.</summary>
    Evaluation,
}
