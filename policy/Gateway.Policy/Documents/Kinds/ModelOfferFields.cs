using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads the models that a connector offers, and how many tokens one answer of each may have.</summary>
internal static class ModelOfferFields
{
    public const int MaxTokens = 10_000_000;

    private const int MaxOffers = 200;

    public static IReadOnlyList<ModelOffer> Read(MappingReader spec) => spec.Sections("models", ReadOffer, least: 1, MaxOffers);

    private static ModelOffer ReadOffer(MappingReader section)
    {
        var match = section.Required("match", WebFormats.ModelMatch);
        IReadOnlyList<string> own = match is null || match.EndsWith('*') ? [] : [match];
        var offer = new ModelOffer(
            match ?? "",
            section.List("names", WebFormats.ModelName, own),
            section.Required("maxTokens", Formats.Integer(1, MaxTokens))
        );
        if (match is not null && offer.Names.FirstOrDefault(name => name is not null && !offer.Matches(name)) is { } stranger)
        {
            section.Fail("names", $"'{stranger}' doesn't fit the match '{match}'.", "Correct one of them.");
        }

        return offer;
    }
}
