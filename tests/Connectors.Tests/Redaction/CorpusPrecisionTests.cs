using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Redaction;

/// <summary>Labelled text: what is found is what is labelled, and how much of that is found.</summary>
public sealed class CorpusPrecisionTests
{
    private const string Sentences = "corpora/presidio-research/generated_large.json";
    private const string Clean = "corpora/piguard-notinject/NotInject_one.json";
    private const string Files = "corpora/leaktk-fake-leaks/leaktk-fake-leaks.jsonl.gz";

    /// <summary>A find counts as right where it lies over a label of its kind.</summary>
    [SharedDataFact(Sentences)]
    public void Numbers_AndAddresses_AreFoundInSentences_AndNothingElseIs()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared(Sentences)));
        foreach (
            var (pattern, label, least) in new[]
            {
                (RedactionPatterns.Card, "CREDIT_CARD", 0.99),
                (RedactionPatterns.Iban, "IBAN_CODE", 0.88),
                (RedactionPatterns.Email, "EMAIL_ADDRESS", 0.99),
            }
        )
        {
            var (right, wrong, labelled) = (0, new List<string>(), 0);
            foreach (var sentence in document.RootElement.EnumerateArray())
            {
                var text = sentence.GetProperty("full_text").GetString()!;
                var spans = sentence
                    .GetProperty("spans")
                    .EnumerateArray()
                    .Where(span => span.GetProperty("entity_type").GetString() == label)
                    .Select(span => span.GetProperty("entity_value").GetString()!)
                    .ToList();
                labelled += spans.Count;
                foreach (var find in Finds(text, pattern))
                {
                    if (spans.Any(span => span.Contains(find, StringComparison.Ordinal) || find.Contains(span, StringComparison.Ordinal)))
                    {
                        right++;
                    }
                    else
                    {
                        wrong.Add(find);
                    }
                }
            }

            Assert.True(wrong.Count == 0, $"{label}: {string.Join(" | ", wrong.Take(10))}");
            Assert.True(right >= labelled * least, $"{label}: {right} of {labelled} were found.");
        }
    }

    [SharedDataFact(Clean)]
    public void Nothing_IsFoundInPromptsWithoutAny()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared(Clean)));
        foreach (var prompt in document.RootElement.EnumerateArray())
        {
            Assert.Empty(Finds(prompt.GetProperty("prompt").GetString()!, (RedactionPatterns)31));
        }
    }

    /// <summary>Configuration, scripts and keys are full of escapes, dots and digits, and have no card or account in them.</summary>
    [SharedDataFact(Files)]
    public void Nothing_IsTakenForACardOrAnAccountInFiles()
    {
        using var lines = new StreamReader(
            new GZipStream(File.OpenRead(Repository.Shared(Files)), CompressionMode.Decompress),
            Encoding.UTF8
        );
        var count = 0;
        while (lines.ReadLine() is { } line)
        {
            using var file = JsonDocument.Parse(line);
            Assert.Empty(Finds(file.RootElement.GetProperty("text").GetString()!, RedactionPatterns.Card | RedactionPatterns.Iban));
            count++;
        }

        Assert.True(count > 10);
    }

    private static List<string> Finds(string text, RedactionPatterns patterns)
    {
        using var finds = new TextFinds();
        var utf8 = Encoding.UTF8.GetBytes(text);
        return [.. finds.In(utf8, patterns).Select(find => Encoding.UTF8.GetString(utf8, find.Start, find.Length))];
    }
}
