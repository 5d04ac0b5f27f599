namespace Gateway.Policy.Model;

/// <summary>What must not be in a body: it is replaced by a marker. Immutable.</summary>
/// <param name="Patterns">Found in every string, wherever it stands.</param>
/// <param name="Fields">Replaced whole, whatever is there. A step <c>*</c> is every member or item.</param>
public sealed record RedactionTerms(RedactionPatterns Patterns, TermSet<ArgumentPointer> Fields)
{
    /// <summary>What either wants gone; null where both want nothing.</summary>
    public static RedactionTerms? Merge(RedactionTerms? one, RedactionTerms? other) =>
        one is null || other is null ? one ?? other : new RedactionTerms(one.Patterns | other.Patterns, one.Fields.Union(other.Fields));
}

/// <summary>Kinds of text that are found wherever they stand in a JSON string.</summary>
[Flags]
public enum RedactionPatterns
{
    None = 0,

    /// <summary>An e-mail address.</summary>
    Email = 1,

    /// <summary>A payment card's number: 12 to 19 digits, in groups or not, that pass the Luhn check.</summary>
    Card = 2,

    /// <summary>A secret or key in a form that its issuer gave it, a JSON Web Token, or a private key in PEM.</summary>
    Secret = 4,

    /// <summary>A telephone number with its country's code, or written in groups.</summary>
    Phone = 8,

    /// <summary>An international bank account number whose check digits are right (ISO 13616).</summary>
    Iban = 16,
}
