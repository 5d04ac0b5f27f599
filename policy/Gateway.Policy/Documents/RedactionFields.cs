using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Reads what an obligation redacts: patterns, and places of the JSON.</summary>
internal static class RedactionFields
{
    private const int MaxFields = 50;

    public static RedactionTerms Read(MappingReader section)
    {
        var errors = section.Context.Errors.Count;
        var patterns = section.List("patterns", Vocabulary.Redaction.Format, []).Aggregate(RedactionPatterns.None, (all, one) => all | one);
        var pointers = section.List("fields", Formats.Pointer("/customer/iban"), [], 0, MaxFields);
        if (patterns == RedactionPatterns.None && pointers.Count == 0 && section.Context.Errors.Count == errors)
        {
            section.Fail("", "It says nothing to redact.", "Add patterns: [email], or fields: [/customer/iban].");
        }

        return new RedactionTerms(patterns, TermSet<ArgumentPointer>.Of(pointers.Where(pointer => pointer is not null)));
    }
}
