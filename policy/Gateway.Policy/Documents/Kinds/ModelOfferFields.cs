using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads the models that a connector offers, and how many tokens one answer of each may have.</summary>
internal static class ModelOfferFields
{
    public const int MaxTokens = 10_000_000;

    private const int MaxOffers = 200;

    /// <summary>Without a list, every model of the type that is known.</summary>
    public static IReadOnlyList<ModelOffer> Read(MappingReader spec, ConnectorType type) =>
        spec.Has("models") ? spec.Sections("models", section => ReadOffer(section, type), least: 1, MaxOffers) : KnownModels.Of(type);

    private static ModelOffer ReadOffer(MappingReader section, ConnectorType type)
    {
        var match = section.Required("match", WebFormats.ModelMatch);
        IReadOnlyList<string> own = match is null || match.EndsWith('*') ? [] : [match];
        var offer = new ModelOffer(
            match ?? "",
            section.List("names", WebFormats.ModelName, own),
            match is not null && KnownModels.MostTokens(type, match) is { } known
                ? section.Optional("maxTokens", Formats.Integer(1, MaxTokens), known)
                : section.Required("maxTokens", Formats.Integer(1, MaxTokens))
        );
        if (match is not null && offer.Names.FirstOrDefault(name => name is not null && !offer.Matches(name)) is { } stranger)
        {
            section.Fail("names", $"'{stranger}' doesn't fit the match '{match}'.", "Correct one of them.");
        }

        return offer;
    }
}
