namespace Gateway.Connectors.Models;

/// <summary>
/// Models that search the web by themselves, told by their names. Asking one is asking for the hosted tool, whether the request says so or
/// not.
/// </summary>
internal static class SearchingModels
{
    /// <summary>The hosted tool that such a model counts as.</summary>
    public const string Tool = "web_search";

    // OpenAI's search and research models, Perplexity's, OpenRouter's suffix, Groq's systems with tools of their own.
    private static readonly string[] Words = ["search", "websearch", "research", "online", "sonar", "perplexity", "pplx", "compound"];

    /// <param name="model">Its name, in any case: one of its words tells.</param>
    public static bool Contain(ReadOnlySpan<char> model)
    {
        foreach (var range in model.SplitAny('-', '_', '.', ':', '/', '@'))
        {
            foreach (var word in Words)
            {
                if (model[range].Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
