using Spectre.Console;

namespace Gateway.Cli.Results;

/// <summary>A plain table; its cells are text, never markup.</summary>
internal static class Columns
{
    public static Table Of(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable.Line(cell))));
        }

        return table;
    }
}
