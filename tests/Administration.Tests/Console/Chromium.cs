using Microsoft.Playwright;

namespace Gateway.Administration.Tests.Console;

/// <summary>A fact that needs the system's Chromium; skipped, and it says so, where it isn't installed.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (!File.Exists(Chromium.Program))
        {
            Skip = "needs Chromium (Debian: chromium)";
        }
    }
}

/// <summary>One browser for the stories of a class; people have contexts of their own, with cookies of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    internal const string Program = "/usr/bin/chromium";

    /// <value>Only what hangs takes so long, also where all of a test shares two cores.</value>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IPlaywright? _driver;
    private IBrowser? _browser;

    /// <summary>Whatever a page reported that none may: refused by its content security policy, thrown, or written as an error.</summary>
    public List<string> Reports { get; } = [];

    public async Task InitializeAsync()
    {
        if (File.Exists(Program))
        {
            _driver = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
            _browser = await _driver.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--disable-dev-shm-usage"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _driver?.Dispose();
    }

    /// <summary>A person's own window at the operators' listener.</summary>
    public async Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(
            new()
            {
                BaseURL = address.ToString(),
                ColorScheme = scheme,
                Locale = "en-GB",
            }
        );
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', (event) => console.error('CSP ' + event.violatedDirective));"
        );
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            // An answer that refuses is on the console too; the page shows it.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                Report(message.Text);
            }
        };
        page.PageError += (_, error) => Report(error);
        page.Dialog += (_, dialog) => Report($"dialog {dialog.Message}");
        return page;
    }

    private void Report(string text)
    {
        lock (Reports)
        {
            Reports.Add(text);
        }
    }
}
