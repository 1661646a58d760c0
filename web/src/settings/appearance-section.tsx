import { chooseLanguage, isLanguage, language, languages } from '../texts/language.js';
import { chooseTheme, theme, type Theme } from '../theme.js';
import { texts } from './settings-texts.js';

function Choices<Value extends string>({
  legend,
  name,
  choices,
  chosen,
  onChoose,
}: {
  legend: string;
  name: string;
  choices: readonly { value: Value; label: string }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}) {
  return (
    <fieldset class="setting-choices">
      <legend class="setting-label">{legend}</legend>
      {choices.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** How the pages look and which language they speak, on this device. */
export function AppearanceSection() {
  const words = texts.appearance;
  return (
    <div class="section-form">
      <Choices<Theme>
        legend={words.theme}
        name="theme"
        choices={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: words.themes[value],
        }))}
        chosen={theme.value}
        onChoose={chooseTheme}
      />
      <Choices<string>
        legend={words.language}
        name="language"
        choices={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        chosen={language}
        onChoose={(next) => {
          if (!isLanguage(next)) return;
          chooseLanguage(next);
          location.reload();
        }}
      />
      <p class="small muted">{words.languageHint}</p>
    </div>
  );
}
