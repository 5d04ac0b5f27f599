namespace Gateway.Cel.Syntax;

/// <summary>What a token is. Punctuation is told apart by its text.</summary>
internal enum TokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Punctuation,
}
