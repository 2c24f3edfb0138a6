/// How the page of a replay looks: one sheet, light and dark by what the reader's system prefers, and for paper.
enum PageStyle {
    static let sheet: Markup = """
        :root{color-scheme:light dark;--paper:#fbfaf8;--panel:#fff;--ink:#1d1f23;--soft:#5c6068;--faint:#8b8f97;
        --line:#e4e1db;--grid:#eceae5;--accent:#2457c5;--good:#0b7a55;--bad:#b4451f;--good-rgb:11,122,85;
        --bad-rgb:180,69,31;--heat-rgb:36,87,197;--mark:#b98a1d;
        --c0:#2457c5;--c1:#c2561a;--c2:#0b7a55;--c3:#8a3ba8;--c4:#a8872b;--c5:#0f8ba8;--c6:#c23a6b;--c7:#5d6b2f;
        --c8:#8b8f97}
        @media (prefers-color-scheme:dark){:root{--paper:#15171a;--panel:#1b1e22;--ink:#e8e6e1;--soft:#a9adb5;
        --faint:#7e838c;--line:#2e3238;--grid:#25292e;--accent:#8ab0ff;--good:#57c79b;--bad:#f0936c;
        --good-rgb:87,199,155;--bad-rgb:240,147,108;--heat-rgb:120,162,255;--mark:#e0b955;
        --c0:#7ea8ff;--c1:#f2a06b;--c2:#57c79b;--c3:#cf93e6;--c4:#dcc06a;--c5:#6acbe2;--c6:#f289ad;--c7:#b3c47a;
        --c8:#7e838c}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",
        "Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
        main{max-width:1120px;margin:0 auto;padding:48px 24px 80px}
        h1{font-size:30px;line-height:1.2;letter-spacing:-.015em;margin:0 0 6px;font-weight:650}
        h2{font-size:19px;letter-spacing:-.005em;margin:56px 0 4px;font-weight:650}
        h3{font-size:15px;margin:24px 0 4px;font-weight:650}
        p{margin:0 0 14px;max-width:82ch}.note{color:var(--soft);font-size:13.5px}
        .facts{color:var(--soft);margin:0 0 20px;max-width:none}.wide+.note{margin-top:12px}.lead{font-size:17px;line-height:1.5;margin:0 0 26px}
        .marks{display:flex;flex-wrap:wrap;gap:1px;background:var(--line);border:1px solid var(--line);border-radius:8px;
        overflow:hidden;margin:0;padding:0}
        .marks div{flex:1 1 150px;background:var(--panel);padding:14px 16px 12px}
        .marks dt{color:var(--soft);font-size:13px}.marks dd{margin:0;font-size:25px;font-weight:600;
        letter-spacing:-.01em;line-height:1.3}.marks small{display:block;font-size:12.5px;font-weight:400;
        color:var(--soft);letter-spacing:0;overflow-wrap:anywhere}
        .wide{overflow-x:auto;margin:14px 0 0}
        table{border-collapse:separate;border-spacing:0;width:100%;font-size:13.5px;line-height:1.4}
        th{font-weight:500;color:var(--soft);text-align:right;vertical-align:bottom;padding:6px 10px;
        border-bottom:1px solid var(--line);font-size:12.5px;white-space:nowrap}
        td{padding:5px 10px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}
        tbody tr:last-child td,tbody tr:last-child th{border-bottom:1px solid var(--line)}
        th:first-child,td:first-child{padding-left:0;position:sticky;left:0;background:var(--paper)}
        th:last-child,td:last-child{padding-right:0}
        .l,.s,.i{text-align:left}.w{white-space:normal;overflow-wrap:anywhere;min-width:110px}
        td.s{white-space:normal;text-align:left;color:var(--soft);min-width:260px;max-width:520px;overflow-wrap:anywhere}
        td.b{font-weight:600}.y td,.y .b{color:var(--soft);font-style:italic;font-weight:400}
        .up{color:var(--good)}.down{color:var(--bad)}.soft{color:var(--soft)}.faint{color:var(--faint)}
        td.i{padding-top:2px;padding-bottom:2px}td svg,th svg{display:block}
        .heat{width:auto}.heat td,.heat th{text-align:right}.heat td{min-width:52px;padding:4px 8px;
        border:1px solid var(--paper)}.heat th{padding:4px 8px;border:0}.heat .l{text-align:left;font-size:13px}
        .heat tbody th:first-child{color:var(--ink)}.heat th:first-child{padding-left:0}
        .turn{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;display:inline-block;max-height:170px;
        overflow:hidden;text-overflow:ellipsis}
        .heat th.v{text-align:center;vertical-align:bottom}.tight td{min-width:36px;padding:3px 4px;text-align:center;
        font-size:12px}
        figure{margin:16px 0 0}figcaption{color:var(--soft);font-size:13.5px;margin-top:8px;max-width:82ch}
        .wide>svg{display:block;width:100%;height:auto;min-width:840px}
        .wide.half>svg{min-width:520px;max-width:640px}
        svg text{fill:var(--soft);paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;font-size:12px;font-family:inherit}svg .ink{fill:var(--ink)}
        .axis{stroke:var(--faint);fill:none}.grid{stroke:var(--grid);fill:none}.mark{stroke:var(--mark);fill:none}
        svg text.marked{fill:var(--mark)}svg text.seat{fill:var(--paper);stroke:none;font-size:10px;font-weight:600}
        .hull{stroke:var(--faint);fill:none;stroke-dasharray:5 4;stroke-width:1.4}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:10px 0 0;padding:0;list-style:none;font-size:13px;
        color:var(--soft)}.key i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
        details{margin:14px 0 0}summary{cursor:pointer;color:var(--accent);font-size:14px}
        pre{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow-x:auto;
        font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
        @media (max-width:600px){main{padding:28px 16px 56px}h1{font-size:25px}h2{margin-top:44px}.lead{font-size:16px}
        td.s{min-width:220px}}
        @media print{:root{--paper:#fff;--panel:#fff;--grid:#e8e8e8}body{font-size:10.5pt}main{max-width:none;padding:0}
        h2{break-after:avoid;margin-top:28px}tr,figure,.marks{break-inside:avoid}.wide{overflow:visible}
        .wide>svg,.wide.half>svg{min-width:0}table{font-size:8.5pt}td,th{padding:3px 5px}td.s{min-width:0}.heat td{min-width:0}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}
